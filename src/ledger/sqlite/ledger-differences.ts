import type Database from 'better-sqlite3';
import { pairsByKey } from '../pairs-by-key.ts';
import type { RowValue } from '../row-bytes.ts';
import {
  CONTENT_PASSES,
  type ContentColumn,
  type ContentPass,
  type ContentTableName,
  passColumns,
  passSql,
  tableSpans,
} from './content-passes.ts';

export interface ValueDifference {
  readonly column: ContentColumn;
  readonly a: RowValue;
  readonly b: RowValue;
}

export interface LedgerDifference {
  readonly table: ContentTableName;
  readonly kind: 'onlyInA' | 'onlyInB' | 'differing';
  /** Which row it is: some of its columns, as they are in A where it is in both. */
  readonly identity: readonly { readonly column: ContentColumn; readonly value: RowValue }[];
  /** The columns that differ of a row that is in both. */
  readonly values: readonly ValueDifference[];
}

/**
 * In what two ledgers differ, by table and then in the order of the rows' keys. It is empty just where their
 * digests are the same. The charge of a job that only one has is not told of by itself.
 *
 * Reads both from beginning to end and holds one row of each: to see each as it is at one moment, walk through
 * it within a transaction of both.
 */
export function* ledgerDifferences(
  a: Database.Database,
  b: Database.Database,
): Generator<LedgerDifference> {
  for (const pass of CONTENT_PASSES) yield* passDifferences(pass, rowsOf(a, pass), rowsOf(b, pass));
}

function rowsOf(db: Database.Database, pass: ContentPass): Iterable<RowValue[]> {
  return db.prepare<[], RowValue[]>(passSql(pass, 'byKey')).raw().iterate();
}

function* passDifferences(
  pass: ContentPass,
  a: Iterable<RowValue[]>,
  b: Iterable<RowValue[]>,
): Generator<LedgerDifference> {
  const columns = passColumns(pass);
  const identityOf = (row: readonly RowValue[]): LedgerDifference['identity'] =>
    pass.identity.map((name) => {
      const at = columns.findIndex((column) => column.name === name);
      return { column: columns[at], value: row[at] };
    });
  for (const [inA, inB] of pairsByKey(a, b, pass.key.length)) {
    if (inA === null || inB === null) {
      const kind = inB === null ? 'onlyInA' : 'onlyInB';
      yield { table: pass.tables[0].name, kind, identity: identityOf(inA ?? inB), values: [] };
    } else if (!sameValues(inA, inB)) {
      for (const { name: table, columns, from } of tableSpans(pass)) {
        const values = columns
          .map((column, i) => ({ column, a: inA[from + i], b: inB[from + i] }))
          .filter((value) => !Object.is(value.a, value.b));
        if (values.length === 0) continue;
        yield { table, kind: 'differing', identity: identityOf(inA), values };
      }
    }
  }
}

function sameValues(a: readonly RowValue[], b: readonly RowValue[]): boolean {
  for (let i = 0; i < a.length; i++) {
    if (!Object.is(a[i], b[i])) return false;
  }
  return true;
}
