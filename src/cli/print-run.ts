import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { type RunDetails, runDetails } from '../reports/run-details.ts';
import { runList } from '../reports/run-list.ts';
import { askLedger } from './ask-ledger.ts';
import { runStatusNotes } from './run-status-notes.ts';
import { runText } from './run-text.ts';
import { UsageError } from './usage-error.ts';

/**
 * `runs show`: JSON is `{ kind: 'run', machine, ledger, run, files, newJobs, rejects, steps, notes }`.
 * @throws UsageError where there is no such run.
 */
export function printRun(ledger: string, id: number, asJson: boolean): void {
  const { machine, details } = askLedger(ledger, (db) => {
    const details: RunDetails | undefined = runDetails(db, id);
    if (details === undefined) throw noSuchRun(ledger, id, runList(db, 1)[0]?.id);
    return { machine: ledgerMachine(db)?.machine ?? null, details };
  });
  const notes = runStatusNotes([details.run]);
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ kind: 'run', machine, ledger, ...details, notes }, null, 2)}\n`
      : `${runText(details, { machine, ledger, notes })}\n`,
  );
}

function noSuchRun(ledger: string, id: number, last: number | undefined): UsageError {
  return new UsageError(
    last === undefined
      ? `${ledger} has no runs yet`
      : `${ledger} has no run ${id}, the last is ${last}; list them with: qledger runs list --db ${ledger}`,
  );
}
