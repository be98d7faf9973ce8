import { alignedTable } from '../output/table.ts';
import { type LedgerStatus, ledgerStatus } from '../reports/ledger-status.ts';
import { askLedger } from './ask-ledger.ts';
import { totalsText } from './totals-text.ts';

export function printStatus(paths: readonly string[], asJson: boolean): void {
  const statuses = paths.map((path) => askLedger(path, ledgerStatus));
  process.stdout.write(
    asJson
      ? `${JSON.stringify(statuses, null, 2)}\n`
      : `${statuses.map(statusText).join('\n\n')}\n`,
  );
}

function statusText(status: LedgerStatus): string {
  const runs = alignedTable(
    ['Run', 'Command', 'Status', 'Started', 'Seconds', 'Rules'],
    status.lastRuns.map((run) => [
      String(run.id),
      run.command,
      run.status,
      run.startedAt,
      run.seconds === null ? '-' : String(run.seconds),
      `v${run.chargeVersion}`,
    ]),
    ['right', 'left', 'left', 'left', 'right', 'left'],
  );
  return [
    `${status.ledger}: ${status.machine ?? 'no machine yet'}, days in ${status.timeZone ?? 'no zone yet'}, ` +
      `schema ${status.schemaVersion}, charge rules v${status.chargeVersion ?? '-'}`,
    '',
    totalsText(status.totals),
    '',
    runs,
    ...status.notes.map((note) => `\nNote: ${note}`),
  ].join('\n');
}
