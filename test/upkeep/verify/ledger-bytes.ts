import { readFileSync } from 'node:fs';
import { ingestFiles } from '../../support/ingest-files.ts';
import { jobsExport } from '../../support/jobs-export.ts';
import { sameJobs } from '../../support/same-jobs.ts';
import { TempFolder } from '../../support/temp-folder.ts';

/** A sound ledger of so many jobs, to be damaged in many ways. */
export async function ledgerBytes(jobs: number): Promise<Uint8Array> {
  using folder = new TempFolder();
  const ledger = folder.file('ledger.db');
  await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(sameJobs(jobs)))]);
  return readFileSync(ledger);
}
