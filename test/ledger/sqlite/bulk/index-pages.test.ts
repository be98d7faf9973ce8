import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { IndexPages } from '../../../../src/ledger/sqlite/bulk/index-pages.ts';
import { SqliteRecord } from '../../../../src/ledger/sqlite/bulk/record.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { queryColumn, queryLedger } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { EXTREME_INTEGERS } from './extreme-values.ts';
import { propertyRuns } from './property-runs.ts';
import { storedFaults } from './stored-rows.ts';
import { treeDepth } from './tree-depth.ts';
import { writePages } from './write-pages.ts';
import { type ColumnKind, tableLeaves, tableSchema } from './write-table-file.ts';

type Rows = readonly (readonly number[])[];

describe('an index that is written as pages', () => {
  it.each([
    [512, 1, 10, 1],
    [512, 1, 500, 2],
    [512, 1, 5000, 3],
    [512, 1, 60_000, 4],
    [1024, 2, 10, 1],
    [1024, 2, 1000, 2],
    [1024, 2, 20_000, 3],
    [4096, 2, 100, 1],
    [4096, 2, 10_000, 2],
    [4096, 2, 90_000, 3],
    [65_536, 2, 1000, 1],
    [65_536, 2, 50_000, 2],
  ])(
    'of pages of %i bytes, %i columns and %i rows has %i levels',
    (pageSize, columns, count, levels) => {
      using folder = new TempFolder();
      const path = folder.file('t.db');
      const random = new SeededRandom(`${pageSize} ${count}`);
      const rows = Array.from({ length: count }, () =>
        Array.from({ length: columns }, () => random.next32()),
      );
      writeIndexFile(path, pageSize, rows);
      expect(treeDepth(path, 'ix')).toBe(levels);
      expect(storedFaults(path)).toEqual([]);
      expect(entriesOf(path, columns)).toEqual(sortedEntries(rows));
    },
  );

  it('of the largest pages has three levels where its entries are long', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const columns = 60;
    const rows = Array.from({ length: 16_000 }, (_, i) =>
      Array.from({ length: columns }, (_, column) => 2 ** 52 + (column === 0 ? -i : i)),
    );
    writeIndexFile(path, 65_536, rows);
    expect(treeDepth(path, 'ix')).toBe(3);
    expect(storedFaults(path)).toEqual([]);
    expect(queryColumn(path, 'SELECT id FROM t INDEXED BY ix ORDER BY c0 LIMIT 2')).toEqual([
      16_000, 15_999,
    ]);
  });

  const { numRuns, timeoutMs } = propertyRuns(60);

  it(
    'finds each row by its values, whatever they are, and has no other entries',
    () => {
      const shape = fc.record({
        seed: fc.nat(),
        pageSize: fc.constantFrom(512, 512, 4096),
        columns: fc.integer({ min: 1, max: 3 }),
        count: fc.oneof(fc.nat(5), fc.nat(300)),
      });
      fc.assert(
        fc.property(shape, ({ seed, pageSize, columns, count }) => {
          using folder = new TempFolder();
          const path = folder.file('t.db');
          const random = new SeededRandom(String(seed));
          const value = (): number =>
            random.chance(0.5) ? random.pick(EXTREME_INTEGERS) : random.below(5);
          const rows = Array.from({ length: count }, () => Array.from({ length: columns }, value));
          writeIndexFile(path, pageSize, rows);
          expect(storedFaults(path)).toEqual([]);
          expect(entriesOf(path, rows[0]?.length ?? 1)).toEqual(sortedEntries(rows));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it('is whole around every number of entries at which a page, a write or a level is full', () => {
    using folder = new TempFolder();
    // 504 bytes for cells of 1 + 4 + 8 + 4 bytes and pointers of 2; leaves are written by 256.
    const perLeaf = 26;
    const perInterior = 21;
    const limits = [1, 2, perInterior, perInterior + 1, 256, 257, 512].map(
      (leaves) => leaves * perLeaf,
    );
    for (const limit of limits) {
      for (let count = limit - 2; count <= limit + 2; count++) {
        const path = folder.file(`${count}.db`);
        const rows = Array.from({ length: count }, (_, i) => [2 ** 52 + i]);
        // Row ids of four bytes each, so that all entries have the same size.
        writeIndexFile(path, 512, rows, 2 ** 24);
        expect(storedFaults(path), `${count} entries`).toEqual([]);
      }
    }
  });

  it('finds a row from any level', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const rows = Array.from({ length: 5000 }, (_, i) => [(i * 7919) % 5000]);
    writeIndexFile(path, 512, rows);
    const found = queryLedger(
      path,
      `SELECT count(*) AS found FROM t AS all_rows
       WHERE (SELECT id FROM t INDEXED BY ix WHERE c0 = all_rows.c0) = all_rows.id`,
    );
    expect(found).toEqual([{ found: 5000 }]);
    expect(
      queryColumn(path, 'SELECT c0 FROM t INDEXED BY ix WHERE c0 BETWEEN 777 AND 999'),
    ).toEqual(Array.from({ length: 223 }, (_, i) => 777 + i));
  });
});

/** A table `t` and its index `ix` over all columns, both written as pages. */
function writeIndexFile(path: string, pageSize: number, rows: Rows, firstRowId = 1): void {
  const columns = Array<ColumnKind>(rows[0]?.length ?? 1).fill('INTEGER');
  const names = columns.map((_, i) => `c${i}`).join(', ');
  const schema = `${tableSchema(columns)}; CREATE INDEX ix ON t(${names})`;
  writePages(path, { pageSize, schema }, (open) => {
    const rowIds = rows.map((_, i) => firstRowId + i);
    const leaves = tableLeaves(open.file, { columns, rowIds, rows });
    writeTable(open.file, open.fd, open.header, [leaves], open.rootPage('t'));
    const index = new IndexPages(open.file, open.rootPage('ix'));
    const entry = new SqliteRecord();
    for (const values of sortedEntries(rows, firstRowId)) {
      entry.clear();
      for (const value of values) entry.integer(value);
      index.append(entry);
    }
    index.finish();
  });
}

/** The values of each row and its id, in the order of an index. */
function sortedEntries(rows: Rows, firstRowId = 1): number[][] {
  const entries = rows.map((row, i) => [...row, firstRowId + i]);
  return entries.sort((a, b) => {
    const different = a.findIndex((value, i) => value !== b[i]);
    return a[different] - b[different];
  });
}

function entriesOf(path: string, columns: number): (string | number | null)[][] {
  const names = Array.from({ length: columns }, (_, i) => `c${i}`).join(', ');
  return queryLedger(path, `SELECT ${names}, id FROM t INDEXED BY ix ORDER BY ${names}, id`).map(
    (row) => Object.values(row),
  );
}
