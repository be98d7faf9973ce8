import { countText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { type LedgerDigest, ledgerDigest } from '../reports/ledger-digest.ts';
import { askLedger } from './ask-ledger.ts';

export function printDigest(path: string, asJson: boolean): void {
  const digest = askLedger(path, ledgerDigest);
  process.stdout.write(
    `${asJson ? JSON.stringify({ kind: 'digest', ...digest }, null, 2) : digestText(digest)}\n`,
  );
}

function digestText(digest: LedgerDigest): string {
  const { staleDays } = digest;
  const tables = alignedTable(
    ['Table', 'Rows', 'Digest'],
    [
      ...digest.tables.map(({ table, rows, digest }) => [table, countText(rows), digest]),
      ['all', '', digest.digest],
    ],
    ['left', 'right', 'left'],
  );
  return [
    `${digest.ledger}: ${digest.machine ?? 'no machine yet'}, days in ${digest.timeZone ?? 'no zone yet'}`,
    '',
    tables,
    '',
    `Not part of the digest: ${countText(digest.rejects)} rejected ${digest.rejects === 1 ? 'line' : 'lines'}`,
    ...(staleDays === 0
      ? []
      : [
          `\nNote: ${staleDays} ${staleDays === 1 ? 'day is' : 'days are'} not summarised yet, so that ` +
            'daily_summary is not what it will be: an ingest is running or was interrupted.',
        ]),
  ].join('\n');
}
