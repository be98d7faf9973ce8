import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingRowColumns } from '../../../../src/ledger/sqlite/bulk/row-columns.ts';
import { lateRows, OWNER_ID } from '../../../../src/ledger/sqlite/bulk/sort-rows.ts';
import { writeIndex } from '../../../../src/ledger/sqlite/bulk/write-index.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { OWNER_INDEXES } from '../../../../src/ledger/sqlite/bulk/written-indexes.ts';
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

describe('the indexes by owner that are written as pages', () => {
  const { numRuns, timeoutMs } = propertyRuns(60);

  it.each(OWNER_INDEXES)(
    'have the entries of all rows, as long as SQLite would make them: $name',
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
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

/** A table `t` of user, account, queue and end, and its index over some of them, both written as pages. */
function writeFile(
  path: string,
  pageSize: number,
  columns: (typeof OWNER_INDEXES)[number]['columns'],
  { owners, rows }: Jobs,
): void {
  const key = columns.map((column) => `c${OWNER_ID[column]}`).join(', ');
  const kinds = Array<'INTEGER'>(4).fill('INTEGER');
  const schema = `${tableSchema(kinds)}; CREATE INDEX ix ON t(${key}, c3)`;
  const ownerOf = rows.map(([owner]) => owner % owners.length);
  const ends = rows.map(([, end]) => end);
  const all = new GrowingRowColumns();
  all.set(0, Uint32Array.from(ends), Int32Array.from(ownerOf));
  writePages(path, { pageSize, schema }, ({ share, file, fd, header, rootPage }) => {
    const values = ends.map((end, row) => [...owners[ownerOf[row]], end]);
    const leaves = tableLeaves(file, { columns: kinds, rows: values });
    writeTable(file, fd, header, [leaves], rootPage('t'));
    writeIndex({
      file: share,
      rootPage: rootPage('ix'),
      columns,
      rows: all,
      ownerIds: Int32Array.from(owners.flat()),
      late: lateRows(all),
    });
  });
}
