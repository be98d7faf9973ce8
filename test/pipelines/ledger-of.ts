import type { Machine } from '../../src/site/machine.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryLedger } from '../support/query-ledger.ts';
import type { TempFolder } from '../support/temp-folder.ts';

/** A ledger of jobs, charged by the rules of its machine. */
export async function ledgerOf(
  folder: TempFolder,
  name: string,
  jobs: readonly JobFields[],
  machine: Machine = presetMachine('derecho'),
): Promise<string> {
  const ledger = folder.file(name);
  await ingestFiles(ledger, [folder.write(`${name}.csv`, jobsExport(jobs))], { machine });
  return ledger;
}

/** How many jobs are charged by which version of the rules. */
export function versionCounts(ledger: string): object[] {
  return queryLedger(
    ledger,
    'SELECT charge_version, count(*) AS jobs FROM job_charges GROUP BY 1 ORDER BY 1',
  );
}
