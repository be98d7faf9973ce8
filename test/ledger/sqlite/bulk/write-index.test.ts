import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { compileKernel } from '../../../../src/kernel/kernel.ts';
import { IndexKernel } from '../../../../src/ledger/sqlite/bulk/index-kernel.ts';
import { OWNER_ID, type OwnerId } from '../../../../src/ledger/sqlite/bulk/owner-ranks.ts';
import { BLOCK_ROWS, GrowingRowColumns } from '../../../../src/ledger/sqlite/bulk/row-columns.ts';
import { writeIndex } from '../../../../src/ledger/sqlite/bulk/write-index.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { OWNER_INDEXES } from '../../../../src/ledger/sqlite/bulk/written-indexes.ts';
import { queryColumn } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { propertyRuns } from './property-runs.ts';
import { storedFaults } from './stored-rows.ts';
import { writePages } from './write-pages.ts';
import { tableLeaves, tableSchema } from './write-table-file.ts';

type Ids = readonly [user: number, account: number, queue: number];

interface Jobs {
  readonly owners: readonly Ids[];
  /** Of each row the number of its owner, and its end. */
  readonly rows: readonly (readonly [owner: number, end: number])[];
}

/** No index of today, but one that may come. */
const ALL_IDS = { name: 'all ids', columns: ['queue', 'account', 'user'] as const };

const LONGEST_ENDS = [
  0,
  1,
  127,
  128,
  2 ** 15,
  2 ** 23 - 1,
  2 ** 23,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32 - 1,
];

/** What one index left in its memory must not show in the next. */
const KERNEL = new IndexKernel(compileKernel());

describe('the indexes by owner that are written as pages', () => {
  const { numRuns, timeoutMs } = propertyRuns(60);

  it.each([...OWNER_INDEXES, ALL_IDS])(
    'have the entries of all rows in order, as long as SQLite would make them: $name',
    ({ columns }) => {
      const id = fc.oneof(fc.constantFrom(1, 2, 127, 128, 2 ** 23, 2 ** 31 - 1), fc.nat(3));
      const end = fc.oneof(fc.constantFrom(...LONGEST_ENDS), fc.nat(300));
      const jobs = fc.record({
        owners: fc.array(fc.tuple(id, id, id), { minLength: 1, maxLength: 10 }),
        rows: fc.array(fc.tuple(fc.nat(9), end), { maxLength: 400, size: 'max' }),
      });
      fc.assert(
        fc.property(jobs, fc.constantFrom(512, 4096), (jobs, pageSize) => {
          using folder = new TempFolder();
          const path = folder.file('t.db');
          writeFile(path, pageSize, columns, jobs);
          expect(storedFaults(path)).toEqual([]);
          const [written, sorted] = rowOrders(path, columns);
          expect(written).toEqual(sorted);
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it.each([
    ['none is late', () => false],
    ['some are late', (random: SeededRandom) => random.chance(0.001)],
    ['half of them are late', (random: SeededRandom) => random.chance(0.5)],
    ['all are late', () => true],
  ])('are in order over many rows of which %s', (_, isLate) => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const random = new SeededRandom('late');
    const count = BLOCK_ROWS + 1000;
    const rows = Array.from({ length: count }, (_, i): [number, number] => [
      random.below(3),
      isLate(random) ? count - i : count + i,
    ]);
    const owners: Ids[] = [
      [1, 1, 2],
      [2, 1, 1],
      [3, 3, 1],
    ];
    writeFile(path, 4096, ['queue'], { owners, rows });
    expect(storedFaults(path)).toEqual([]);
    const [written, sorted] = rowOrders(path, ['queue']);
    expect(written).toEqual(sorted);
  });
});

/** A table `t` of user, account, queue and end, and its index over some of them, both written as pages. */
function writeFile(
  path: string,
  pageSize: number,
  columns: readonly OwnerId[],
  { owners, rows }: Jobs,
): void {
  const kinds = Array<'INTEGER'>(4).fill('INTEGER');
  const schema = `${tableSchema(kinds)}; CREATE INDEX ix ON t(${keyOf(columns)}, c3)`;
  const ownerOf = rows.map(([owner]) => owner % owners.length);
  const ends = rows.map(([, end]) => end);
  const all = new GrowingRowColumns();
  all.set(0, Uint32Array.from(ends), Int32Array.from(ownerOf));
  writePages(path, { pageSize, schema }, ({ share, file, fd, header, rootPage }) => {
    const values = ends.map((end, row) => [...owners[ownerOf[row]], end]);
    const leaves = tableLeaves(file, { columns: kinds, rows: values });
    writeTable(file, fd, header, [leaves], rootPage('t'));
    writeIndex(
      {
        file: share,
        rootPage: rootPage('ix'),
        columns,
        rows: all,
        ownerIds: Int32Array.from(owners.flat()),
      },
      KERNEL,
    );
  });
}

function keyOf(columns: readonly OwnerId[]): string {
  return columns.map((column) => `c${OWNER_ID[column]}`).join(', ');
}

/** The row ids in the order of the index, and as SQLite sorts them without it. */
function rowOrders(path: string, columns: readonly OwnerId[]): unknown[][] {
  const key = keyOf(columns);
  return ['INDEXED BY ix', 'NOT INDEXED'].map((how) =>
    queryColumn(path, `SELECT id FROM t ${how} ORDER BY ${key}, c3, id`),
  );
}
