import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import {
  BLOCK_ROWS,
  GrowingRowColumns,
  type RowColumns,
} from '../../../../src/ledger/sqlite/bulk/row-columns.ts';
import {
  forEachByEnd,
  lateRows,
  OWNER_ID,
  type OwnerId,
  orderByOwner,
  SortBuffer,
} from '../../../../src/ledger/sqlite/bulk/sort-rows.ts';
import { propertyRuns } from './property-runs.ts';

const { numRuns, timeoutMs } = propertyRuns(200);

describe('the order of rows by their end', () => {
  it(
    'is that of their ends, and of the rows where ends are equal',
    () => {
      fc.assert(
        fc.property(endsOfRows(), (ends) => {
          expect(orderByEnd(ends)).toEqual(sortedByEnd(ends));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('needs nothing where the rows are in order as they are', () => {
    for (const ends of [[], [5], [5, 5, 5], [1, 2, 2, 3]]) {
      expect(lateRows(columnsOf(ends, zeros(ends.length))).rows).toHaveLength(0);
    }
  });

  it.each([0.001, 0.5])('holds over many rows of which %d are late', (late) => {
    const random = new SeededRandom(String(late));
    const ends = Array.from({ length: BLOCK_ROWS + 1000 }, (_, i) =>
      random.chance(late) ? random.below(i + 1) : i,
    );
    expect(orderByEnd(ends)).toEqual(sortedByEnd(ends));
  });
});

describe('the order of rows by their owners', () => {
  it(
    'is that of the ids, of the ends where these are equal, and of the rows where both are',
    () => {
      const id = fc.integer({ min: 1, max: 4 });
      const input = fc.record({
        ids: fc.array(fc.tuple(id, id, fc.nat(2 ** 31 - 1)), { minLength: 1, maxLength: 30 }),
        rows: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 20 })), { maxLength: 200 }),
        columns: fc.constantFrom<OwnerId[]>(
          ['queue'],
          ['queue', 'user'],
          ['account', 'queue', 'user'],
        ),
      });
      const buffer = new SortBuffer();
      fc.assert(
        fc.property(input, ({ ids, rows, columns }) => {
          const owners = rows.map(([owner]) => owner % ids.length);
          const ends = rows.map(([, end]) => end);
          const all = columnsOf(ends, owners);
          const ownerIds = Int32Array.from(ids.flat());
          const { order, groupEnds } = orderByOwner(all, ownerIds, columns, lateRows(all), buffer);
          const idsOf = (row: number): number[] =>
            columns.map((column) => ids[owners[row]][OWNER_ID[column]]);
          const keys = rows.map((_, row) => [...idsOf(row), ends[row], row]);
          expect([...order]).toEqual(rowsOf(rows.length).sort((a, b) => compare(keys[a], keys[b])));
          const borders = rowsOf(rows.length).filter(
            (i) => i === rows.length - 1 || compare(idsOf(order[i]), idsOf(order[i + 1])) !== 0,
          );
          const endsOfGroups = [...new Set(groupEnds)].filter((end) => end > 0);
          expect(endsOfGroups).toEqual(borders.map((i) => i + 1));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

/** Almost sorted, as history is, or not at all. */
function endsOfRows(): fc.Arbitrary<number[]> {
  const end = fc.oneof(fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1), fc.nat(50));
  const any = fc.array(end, { maxLength: 100 });
  const sorted = any.map((ends) => ends.toSorted((a, b) => a - b));
  const late = fc.array(fc.tuple(fc.nat(), end), { maxLength: 5 });
  const almost = fc.tuple(sorted, late).map(([ends, late]) => {
    for (const [at, value] of late) ends.splice(at % (ends.length + 1), 0, value);
    return ends;
  });
  return fc.oneof(any, sorted, almost);
}

/** Set in two parts, the later one first, as by workers that finish when they finish. */
function columnsOf(ends: readonly number[], owners: readonly number[]): RowColumns {
  const columns = new GrowingRowColumns();
  const half = Math.floor(ends.length / 2);
  for (const [from, to] of [
    [half, ends.length],
    [0, half],
  ]) {
    columns.set(
      from,
      Uint32Array.from(ends.slice(from, to)),
      Int32Array.from(owners.slice(from, to)),
    );
  }
  return columns;
}

function orderByEnd(ends: readonly number[]): number[] {
  const columns = columnsOf(ends, zeros(ends.length));
  const order: number[] = [];
  forEachByEnd(columns, lateRows(columns), (row) => order.push(row));
  return order;
}

function sortedByEnd(ends: readonly number[]): number[] {
  return rowsOf(ends.length).sort((a, b) => ends[a] - ends[b] || a - b);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((value, i) => value !== b[i]);
  return different === -1 ? 0 : a[different] - b[different];
}

function rowsOf(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row);
}

function zeros(count: number): number[] {
  return Array<number>(count).fill(0);
}
