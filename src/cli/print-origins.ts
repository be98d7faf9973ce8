import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import { type JobOrigin, jobOrigins } from '../reports/job-origins.ts';
import { askLedger } from './ask-ledger.ts';
import { shortPath } from './short-path.ts';
import { unknownJob } from './unknown-job.ts';

/**
 * `runs of`: JSON is `{ kind: 'job-origins', machine, ledger, jobId, jobs }`.
 * @throws UsageError where there is no such job.
 */
export function printOrigins(ledger: string, jobId: string, asJson: boolean): void {
  const { machine, jobs } = askLedger(ledger, (db) => ({
    machine: ledgerMachine(db)?.machine ?? null,
    jobs: jobOrigins(db, jobId),
  }));
  if (jobs.length === 0) throw unknownJob(ledger, jobId);
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ kind: 'job-origins', machine, ledger, jobId, jobs }, null, 2)}\n`
      : `${originsText(jobs)}\n`,
  );
}

function originsText(jobs: readonly JobOrigin[]): string {
  return alignedTable(
    ['Job', 'Submitted', 'Ended', 'Run', 'Started', 'From'],
    jobs.map((job) => [
      job.jobId,
      job.submit,
      job.end,
      String(job.runId),
      `${job.runStartedAt} (${job.command})`,
      visibleText(`${shortPath(job.path)}:${job.line}`),
    ]),
    ['left', 'left', 'left', 'right', 'left', 'left'],
  );
}
