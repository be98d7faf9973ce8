import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import { type JobRecord, jobRecords } from '../reports/job-records.ts';
import { loadSite } from '../site/load-site.ts';
import { askLedger } from './ask-ledger.ts';
import { chargeText } from './charge-text.ts';
import type { JobOptions } from './job-command.ts';
import { explainedJobs } from './print-charge.ts';
import { unknownJob } from './unknown-job.ts';

/**
 * JSON is `{ kind: 'job', machine, ledger, jobId, jobs }`, each job with its record and its charge.
 * @throws UsageError where there is no such job.
 */
export function printJob(jobId: string, options: JobOptions, ledger: string): void {
  const site = loadSite(options.config);
  const { machine, jobs } = askLedger(ledger, (db) => {
    const charged = explainedJobs(db, jobId, site);
    const records = jobRecords(db, jobId);
    return {
      machine: charged.machine,
      jobs: records.map((record, i) => ({ record, charge: charged.jobs[i] })),
    };
  });
  if (jobs.length === 0) throw unknownJob(ledger, jobId);
  if (options.json === true) {
    const answer = { kind: 'job', machine, ledger, jobId, jobs };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    jobs
      .map(({ record, charge }) => `${recordText(record)}\n\n${chargeText(charge, ledger)}`)
      .join('\n'),
  );
}

function recordText(record: JobRecord): string {
  const known = Object.entries(record).filter(([, value]) => value !== null);
  return alignedTable(
    ['Field', 'Value'],
    known.map(([field, value]) => [field, visibleText(String(value))]),
    ['left', 'left'],
  );
}
