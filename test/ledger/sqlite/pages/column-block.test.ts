import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnBlock, keepCommonRows } from '../../../../src/ledger/sqlite/pages/column-block.ts';

describe('rows of two tables', () => {
  const ids = fc
    .uniqueArray(fc.integer({ min: 1, max: 30 }))
    .map((list) => list.sort((a, b) => a - b));

  it('are brought down to those that both have', () => {
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const [a, b] = [blockOf(first, 1), blockOf(second, -1)];
        keepCommonRows(a, b);
        const common = first.filter((id) => second.includes(id));
        expect(rowsOf(a)).toEqual(common.map((id) => [id, id]));
        expect(rowsOf(b)).toEqual(common.map((id) => [id, -id]));
      }),
    );
  });
});

function blockOf(ids: readonly number[], sign: number): ColumnBlock {
  const block = new ColumnBlock(1, 40);
  for (const id of ids) {
    block.ids[block.rows] = id;
    block.columns[0][block.rows] = sign * id;
    block.rows++;
  }
  return block;
}

function rowsOf({ rows, ids, columns: [column] }: ColumnBlock): number[][] {
  return Array.from({ length: rows }, (_, row) => [ids[row], column[row]]);
}
