import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import { type RunSummary, runList } from '../reports/run-list.ts';
import { askLedger } from './ask-ledger.ts';
import { runStatusNotes } from './run-status-notes.ts';

/** `runs list`: JSON is `{ kind: 'runs', machine, ledger, runs, notes }`. */
export function printRuns(ledger: string, limit: number, asJson: boolean): void {
  const { machine, runs } = askLedger(ledger, (db) => ({
    machine: ledgerMachine(db)?.machine ?? null,
    runs: runList(db, limit),
  }));
  const notes = runStatusNotes(runs);
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ kind: 'runs', machine, ledger, runs, notes }, null, 2)}\n`
      : `${runsText(runs)}\n${notes.map((note) => `\nNote: ${note}\n`).join('')}`,
  );
}

function runsText(runs: readonly RunSummary[]): string {
  if (runs.length === 0) return 'No run yet.';
  return alignedTable(
    ['Run', 'Command', 'Status', 'Started', 'Seconds', 'Rules', 'Error'],
    runs.map((run) => [
      String(run.id),
      run.command,
      run.status,
      run.startedAt,
      run.seconds === null ? '-' : String(run.seconds),
      `v${run.chargeVersion}`,
      run.error === null ? '' : firstLine(run.error),
    ]),
    ['right', 'left', 'left', 'left', 'right', 'left', 'left'],
  );
}

function firstLine(text: string): string {
  const [first] = text.split('\n', 1);
  return visibleText(first);
}
