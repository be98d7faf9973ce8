import { type DifferenceGroup, type LedgerDiff, ledgerDiff } from '../reports/ledger-diff.ts';
import { askLedger } from './ask-ledger.ts';
import { diffText } from './diff-text.ts';

export function printDiff(a: string, b: string, limit: number, asJson: boolean): LedgerDiff {
  const diff = askLedger(a, (dbOfA) => askLedger(b, (dbOfB) => ledgerDiff(dbOfA, dbOfB, limit)));
  process.stdout.write(`${asJson ? JSON.stringify(json(diff), null, 2) : diffText(diff)}\n`);
  return diff;
}

/** Values as the ledgers have them: times are epoch seconds. */
function json({ a, b, equal, tables }: LedgerDiff): object {
  return {
    kind: 'diff',
    a,
    b,
    equal,
    tables: tables.map(({ table, onlyInA, onlyInB, differing }) => ({
      table,
      onlyInA: groupJson(onlyInA),
      onlyInB: groupJson(onlyInB),
      differing: groupJson(differing),
    })),
  };
}

function groupJson({ count, examples }: DifferenceGroup): object {
  return {
    count,
    examples: examples.map(({ identity, values }) => ({
      ...Object.fromEntries(identity.map(({ column, value }) => [column.name, value])),
      ...(values.length === 0
        ? {}
        : {
            values: Object.fromEntries(values.map(({ column, a, b }) => [column.name, { a, b }])),
          }),
    })),
  };
}
