import { gzipSync } from 'node:zlib';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import type { TempFolder } from '../support/temp-folder.ts';

export const BACKUP = /^ledger\.db\.\d{4}-\d\d-\d\dT\d{6}Z\.bak$/;

/** Two nights, the second compressed, that tell one job both. */
export async function grownLedger(
  folder: TempFolder,
): Promise<{ ledger: string; files: string[] }> {
  const ledger = folder.file('ledger.db');
  const files = [
    folder.write('night1.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3))),
    folder.write('night2.csv.gz', gzipSync(jobsExport(EXAMPLE_JOBS.slice(2)))),
  ];
  for (const file of files) await ingestFiles(ledger, [file]);
  return { ledger, files };
}

export function backups(folder: TempFolder): string[] {
  return folder.names().filter((name) => BACKUP.test(name));
}

export function otherNames(folder: TempFolder): string[] {
  return folder.names().filter((name) => !BACKUP.test(name));
}
