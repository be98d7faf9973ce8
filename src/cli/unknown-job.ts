import { UsageError } from './usage-error.ts';

/** What there is to say where a job was asked for by an id that the ledger does not have. */
export function unknownJob(ledger: string, jobId: string): UsageError {
  return new UsageError(
    `${ledger} has no job ${jobId}. It has not ended yet, no export had it, or its line was rejected: ` +
      `qledger rejects list --db ${ledger}`,
  );
}
