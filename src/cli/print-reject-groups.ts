import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { countText } from '../output/number-text.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';
import type { RejectFilter } from '../reports/reject-filter.ts';
import { type RejectCodeGroup, rejectGroups } from '../reports/reject-groups.ts';
import { askLedger } from './ask-ledger.ts';
import { rejectMeaning } from './reject-meaning.ts';
import { shortPath } from './short-path.ts';

/** `rejects list`: JSON is `{ kind: 'rejects-by-code', machine, ledger, rejects, groups }`. */
export function printRejectGroups(
  ledger: string,
  filter: RejectFilter,
  examples: number,
  asJson: boolean,
): void {
  const { machine, groups } = askLedger(ledger, (db) => ({
    machine: ledgerMachine(db)?.machine ?? null,
    groups: rejectGroups(db, filter, examples),
  }));
  const rejects = groups.reduce((sum, { count }) => sum + count, 0);
  const explained = groups.map((group) => ({ ...group, meaning: rejectMeaning(group.code) }));
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ kind: 'rejects-by-code', machine, ledger, rejects, groups: explained }, null, 2)}\n`
      : `${groupsText(groups, ledger)}\n`,
  );
}

function groupsText(groups: readonly RejectCodeGroup[], ledger: string): string {
  if (groups.length === 0) return 'No rejects.';
  const table = alignedTable(
    ['Rejects', 'Files', 'Code', 'Id', 'Example'],
    groups.flatMap(({ count, files, code, examples }) =>
      examples.map(({ id, path, line, reason }, i) => [
        ...(i === 0 ? [countText(count), countText(files), code] : ['', '', '']),
        String(id),
        visibleText(`${shortPath(path)}:${line}: ${reason}`),
      ]),
    ),
    ['right', 'right', 'left', 'right', 'left'],
  );
  return [
    table,
    '',
    'Next:',
    `  qledger rejects show <id or code> --db ${ledger}`,
    `  qledger rejects export --out <file> --db ${ledger}`,
  ].join('\n');
}
