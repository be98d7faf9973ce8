import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PageBuffer } from '../../../../src/ledger/sqlite/bulk/table-leaf-pages.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { queryColumn, queryLedger } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { storedFaults } from './stored-rows.ts';
import { treeDepth } from './tree-depth.ts';
import { writePages } from './write-pages.ts';
import { type TableRows, tableLeaves, tableSchema, writeTableFile } from './write-table-file.ts';

const PAGE_SIZES = [512, 1024, 4096, 65_536];

describe('a table that is written as pages', () => {
  it.each([
    [512, 10, 1],
    [512, 500, 2],
    [512, 20_000, 3],
    [1024, 10, 1],
    [1024, 2000, 2],
    [1024, 60_000, 3],
    [4096, 100, 1],
    [4096, 60_000, 2],
    [65_536, 1000, 1],
    [65_536, 100_000, 2],
  ])('of pages of %i bytes and %i rows has %i levels', (pageSize, count, levels) => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const rows = Array.from({ length: count }, (_, i) => [i * 1_000_003]);
    writeTableFile(path, pageSize, { columns: ['INTEGER'], rows });
    expect(treeDepth(path, 't')).toBe(levels);
    expect(storedFaults(path)).toEqual([]);
    expect(
      queryLedger(
        path,
        'SELECT count(*) AS rows, max(id) AS last, sum(c0 = (id - 1) * 1000003) AS right FROM t',
      ),
    ).toEqual([{ rows: count, last: count, right: count }]);
  });

  it('has four levels where its pages are small and its rows are long', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const rows = Array.from({ length: 10_000 }, (_, i) => ['x'.repeat(220), i]);
    writeTableFile(path, 512, { columns: ['TEXT', 'INTEGER'], rows });
    expect(treeDepth(path, 't')).toBe(4);
    expect(storedFaults(path)).toEqual([]);
    expect(queryColumn(path, 'SELECT count(*) FROM t WHERE c1 = id - 1')).toEqual([10_000]);
  });

  it('has three levels even of the largest pages', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const columns = ['INTEGER'] as const;
    // Row ids of eight bytes, so that fewer children fit a page, and a page for each row.
    const rowIds = Array.from({ length: 4700 }, (_, i) => 2 ** 52 + i);
    writePages(path, { pageSize: 65_536, schema: tableSchema(columns) }, (open) => {
      const buffer = new PageBuffer();
      const leaves = rowIds.map((rowId) =>
        tableLeaves(open.file, { columns, rowIds: [rowId], rows: [[rowId]] }, buffer),
      );
      writeTable(open.file, open.fd, open.header, leaves, open.rootPage('t'));
    });
    expect(treeDepth(path, 't')).toBe(3);
    expect(queryColumn(path, 'SELECT count(*) FROM t WHERE c0 = id')).toEqual([4700]);
    expect(queryColumn(path, 'PRAGMA quick_check')).toEqual(['ok']);
  });

  it.each(PAGE_SIZES)(
    'is whole around every number of leaves and of rows, in pages of %i',
    (pageSize) => {
      using folder = new TempFolder();
      // Each row takes a third of a page.
      const text = 'x'.repeat(Math.floor(pageSize / 3) - 20);
      for (let count = 0; count <= 13; count++) {
        const path = folder.file(`${count}.db`);
        writeTableFile(path, pageSize, { columns: ['TEXT'], rows: Array(count).fill([text]) });
        expect(storedFaults(path)).toEqual([]);
        expect(queryColumn(path, 'SELECT count(*) FROM t WHERE length(c0) > 0')).toEqual([count]);
      }
    },
  );

  it('keeps rows whole that fill a page to the last byte, and those that overflow it', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    // From an empty text to some six pages of overflow, each length once.
    const rows = Array.from({ length: 3600 }, (_, length) => ['x'.repeat(length)]);
    writeTableFile(path, 512, { columns: ['TEXT'], rows });
    expectLengths(
      path,
      rows.map(([text]) => text.length),
    );
  });

  it.each(PAGE_SIZES)('keeps rows whole around the limits of pages of %i bytes', (pageSize) => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const lengths = overflowLimits(pageSize)
      .flatMap((limit) => Array.from({ length: 25 }, (_, i) => limit - 20 + i))
      .filter((length) => length >= 0);
    const rows = lengths.map((length) => ['x'.repeat(length)]);
    writeTableFile(path, pageSize, { columns: ['TEXT'], rows });
    expectLengths(path, lengths);
  });

  it('has no room left in a page that is exactly full, and a page more for one row more', () => {
    using folder = new TempFolder();
    // Of each quarter 2 bytes are the pointer, 2 the size and the row id, 4 the header of the record.
    const text = 'x'.repeat((512 - 8) / 4 - 2 - 2 - 4);
    const pages = [4, 5, 8, 9, 12].map((count) => {
      const path = folder.file(`${count}.db`);
      writeTableFile(path, 512, { columns: ['TEXT'], rows: Array(count).fill([text]) });
      expect(storedFaults(path)).toEqual([]);
      return queryLedger(
        path,
        "SELECT count(*) AS leaves, min(unused) AS unused FROM dbstat WHERE name = 't' AND pagetype = 'leaf'",
      )[0];
    });
    expect(pages.map((page) => page.leaves)).toEqual([1, 2, 2, 3, 3]);
    expect(pages.map((page) => page.unused)).toEqual([0, 0, 0, 0, 0]);
  });

  it('is made of the leaves of all batches, of which some are empty', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const columns = ['INTEGER', 'TEXT'] as const;
    const batches = [0, 1, 0, 50, 3, 0, 700, 0];
    writePages(path, { pageSize: 512, schema: tableSchema(columns) }, (open) => {
      const buffer = new PageBuffer();
      let rowId = 0;
      const leaves = batches.map((count) => {
        const rowIds = Array.from({ length: count }, () => ++rowId);
        const table: TableRows = { columns, rowIds, rows: rowIds.map((id) => [-id, `row ${id}`]) };
        return tableLeaves(open.file, table, buffer);
      });
      writeTable(open.file, open.fd, open.header, leaves, open.rootPage('t'));
    });
    expect(storedFaults(path)).toEqual([]);
    expect(
      queryColumn(path, "SELECT count(*) FROM t WHERE c0 = -id AND c1 = 'row ' || id"),
    ).toEqual([754]);
  });

  it('holds nothing of what was in the memory that it was made in', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const buffer = new PageBuffer();
    buffer.bytes.fill(0xee);
    const columns = ['TEXT'] as const;
    // More pages than the memory has room for at first.
    const rows = Array.from({ length: 1200 }, () => ['x'.repeat(2000)]);
    writePages(path, { pageSize: 4096, schema: tableSchema(columns) }, (open) => {
      const leaves = tableLeaves(open.file, { columns, rows }, buffer);
      writeTable(open.file, open.fd, open.header, [leaves], open.rootPage('t'));
    });
    expect(storedFaults(path)).toEqual([]);
    expect(readFileSync(path).includes(Buffer.alloc(4, 0xee))).toBe(false);
  });

  it('that fits a page is its root alone, and the page that it was written to is free', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    writeTableFile(path, 4096, { columns: ['INTEGER'], rows: [[1], [2]] });
    expect(storedFaults(path)).toEqual([]);
    expect(queryColumn(path, 'PRAGMA freelist_count')).toEqual([1]);
    expect(queryColumn(path, 'PRAGMA page_count')).toEqual([3]);
    expect(queryColumn(path, 'SELECT c0 FROM t')).toEqual([1, 2]);
  });

  it('that has no rows is left as SQLite made it', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    writeTableFile(path, 4096, { columns: ['INTEGER'], rows: [] });
    expect(storedFaults(path)).toEqual([]);
    expect(queryColumn(path, 'PRAGMA page_count')).toEqual([2]);
    expect(queryColumn(path, 'SELECT c0 FROM t')).toEqual([]);
  });
});

/** Lengths of a text near which something changes: nothing overflows, more stays, a page more is needed. */
function overflowLimits(pageSize: number): number[] {
  const most = pageSize - 35;
  const least = Math.floor(((pageSize - 12) * 32) / 255) - 23;
  const perPage = pageSize - 4;
  return [
    most,
    pageSize,
    ...[1, 2, 3].flatMap((pages) => [least, most].map((n) => n + pages * perPage)),
  ];
}

function expectLengths(path: string, lengths: readonly number[]): void {
  expect(storedFaults(path)).toEqual([]);
  expect(queryColumn(path, "SELECT length(replace(c0, 'x', 'ab')) / 2 FROM t ORDER BY id")).toEqual(
    lengths,
  );
}
