import type Database from 'better-sqlite3';
import { CONTENT_TABLES, type ContentTableName } from '../ledger/sqlite/content-passes.ts';
import { type LedgerDifference, ledgerDifferences } from '../ledger/sqlite/ledger-differences.ts';

export interface TableDiff {
  readonly table: ContentTableName;
  readonly onlyInA: DifferenceGroup;
  readonly onlyInB: DifferenceGroup;
  /** Rows that both have, with other values. */
  readonly differing: DifferenceGroup;
}

export interface DifferenceGroup {
  readonly count: number;
  /** The first of them. */
  readonly examples: readonly LedgerDifference[];
}

export interface LedgerDiff {
  readonly a: string;
  readonly b: string;
  readonly equal: boolean;
  readonly tables: readonly TableDiff[];
}

/**
 * In what two ledgers differ, counted, each as it is at one moment.
 * @param limit how many examples to keep of each kind in each table.
 */
export function ledgerDiff(a: Database.Database, b: Database.Database, limit: number): LedgerDiff {
  const groups = new Map<string, { count: number; examples: LedgerDifference[] }>();
  const readBoth = a.transaction(
    b.transaction(() => {
      for (const difference of ledgerDifferences(a, b)) {
        const key = groupKey(difference.table, difference.kind);
        const group = groups.get(key) ?? { count: 0, examples: [] };
        groups.set(key, group);
        group.count++;
        if (group.examples.length < limit) group.examples.push(difference);
      }
    }),
  );
  readBoth();
  const groupOf = (table: ContentTableName, kind: LedgerDifference['kind']): DifferenceGroup =>
    groups.get(groupKey(table, kind)) ?? { count: 0, examples: [] };
  return {
    a: a.name,
    b: b.name,
    equal: groups.size === 0,
    tables: CONTENT_TABLES.map((table) => ({
      table,
      onlyInA: groupOf(table, 'onlyInA'),
      onlyInB: groupOf(table, 'onlyInB'),
      differing: groupOf(table, 'differing'),
    })),
  };
}

function groupKey(table: ContentTableName, kind: LedgerDifference['kind']): string {
  return `${table} ${kind}`;
}
