import type { RunSummary } from '../reports/run-list.ts';

/** What runs that have not come to an end mean, and what to do about them. */
export function runStatusNotes(runs: readonly RunSummary[]): string[] {
  return runs
    .filter(({ status }) => status === 'running' || status === 'interrupted')
    .map(({ id, command, status }) =>
      status === 'running'
        ? `run ${id} has not ended: it is at work or was killed. If no qledger is at work, run ` +
          `\`qledger ${command}\` as before: what it had committed is kept, and the rest is done.`
        : `run ${id} was interrupted; what it had committed is kept, and the next complete ` +
          `\`qledger ${command}\` of its files does the rest.`,
    );
}
