import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuildingFile } from '../../../../src/ledger/sqlite/bulk/building-file.ts';
import { PageFile } from '../../../../src/ledger/sqlite/bulk/page-file.ts';
import { queryColumn } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { propertyRuns } from './property-runs.ts';
import { type HistoryShape, historyOf } from './random-history.ts';
import { ledgerQueries, storedFaults, storedRows } from './stored-rows.ts';
import { buildLedgerHere, growLedgerHere } from './write-ledger-here.ts';

/** SQLite locks bytes from here on; the page that holds them is no page of the database. */
const LOCK_BYTE = 2 ** 30;

describe('the page of the lock bytes', () => {
  it.each([512, 4096, 65_536])('is skipped by pages of %i bytes that are appended', (pageSize) => {
    using folder = new TempFolder();
    const fd = openSync(folder.write('pages', ''), 'r+');
    const lockPage = LOCK_BYTE / pageSize + 1;
    // The last page so far is the third before the lock-byte page.
    const count = new Int32Array(new SharedArrayBuffer(4)).fill(lockPage - 3);
    const file = new PageFile({ fd, pageSize, count });
    const pages = Buffer.concat([1, 2, 3, 4, 5].map((mark) => Buffer.alloc(pageSize, mark)));
    const first = file.append(pages);
    const numbers = [0, 1, 2, 3, 4].map((i) => file.pageNumber(first + i));
    expect(numbers.map((number) => number - lockPage)).toEqual([-2, -1, 1, 2, 3]);
    expect(numbers.map((number) => marksOf(fd, pageSize, number))).toEqual([
      [1],
      [2],
      [3],
      [4],
      [5],
    ]);
    expect(marksOf(fd, pageSize, lockPage)).toEqual([0]);
    expect(file.lastPage - lockPage).toBe(3);
    const next = file.append(Buffer.alloc(pageSize, 6));
    expect(file.pageNumber(next) - lockPage).toBe(4);
    expect(marksOf(fd, pageSize, lockPage + 4)).toEqual([6]);
    closeSync(fd);
  });

  const { numRuns, timeoutMs } = propertyRuns(10);

  it.each([
    [4096, 300, 190],
    [65_536, 60, 29],
  ])(
    'is in no tree of a ledger of pages of %i bytes that grows over it',
    (pageSize, rows, mostMissing) => {
      const queries = ledgerQueries();
      const history = historyOf({ ...SHAPE, pageSize, rows });
      using folder = new TempFolder();
      const grown = folder.file('grown.db');
      growLedgerHere(grown, history);
      const expected = storedRows(grown, queries);
      const lockPage = LOCK_BYTE / pageSize + 1;
      const missing = fc.oneof(fc.nat(3), fc.nat(mostMissing));
      fc.assert(
        fc.property(missing, (missing) => {
          using folder = new TempFolder();
          const built = folder.file('built.db');
          const enlarge = (file: BuildingFile): BuildingFile =>
            enlargeTo(file, lockPage - 1 - missing);
          buildLedgerHere(built, history, { enlarge });
          expect(Number(queryColumn(built, 'PRAGMA page_count')[0])).toBeGreaterThan(lockPage);
          expect(storedFaults(built)).toEqual([]);
          expect(storedRows(built, queries)).toEqual(expected);
          const fd = openSync(built, 'r');
          expect(marksOf(fd, pageSize, lockPage)).toEqual([0]);
          closeSync(fd);
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );
});

/** Rows of all lengths up to three pages, so that leaves, chains of overflow and indexes meet the page. */
const SHAPE: HistoryShape = {
  seed: 7,
  pageSize: 4096,
  rows: 0,
  chunkRows: 50,
  names: 20,
  ends: 'unsorted',
  texts: 'around a page',
  values: 'extreme',
  ids: 'in order',
  repeats: 'none',
  forged: false,
};

/** Places in the database header, and in a trunk of the freelist. */
const PAGE_COUNT = 28;
const FIRST_TRUNK = 32;
const FREE_PAGES = 36;
const LEAVES_OF_TRUNK = 8;

/**
 * Enlarges a file to some number of pages that are free, and so need not be written: a gigabyte of holes
 * with the few pages that list them. File format, section 1.5.
 */
function enlargeTo(file: BuildingFile, pageCount: number): BuildingFile {
  const { path, pageSize } = file;
  const fd = openSync(path, 'r+');
  const header = Buffer.alloc(100);
  readSync(fd, header, 0, header.length, 0);
  const perTrunk = pageSize / 4 - 8;
  let trunkPage = header.readUInt32BE(FIRST_TRUNK);
  for (let page = file.pageCount + 1; page <= pageCount; page += perTrunk + 1) {
    const leaves = Math.min(perTrunk, pageCount - page);
    const trunk = Buffer.alloc(pageSize);
    trunk.writeUInt32BE(trunkPage, 0);
    trunk.writeUInt32BE(leaves, 4);
    for (let i = 0; i < leaves; i++) trunk.writeUInt32BE(page + 1 + i, LEAVES_OF_TRUNK + 4 * i);
    writeSync(fd, trunk, 0, pageSize, (page - 1) * pageSize);
    trunkPage = page;
  }
  const added = pageCount - file.pageCount;
  header.writeUInt32BE(trunkPage, FIRST_TRUNK);
  header.writeUInt32BE(header.readUInt32BE(FREE_PAGES) + added, FREE_PAGES);
  header.writeUInt32BE(pageCount, PAGE_COUNT);
  writeSync(fd, header, 0, header.length, 0);
  ftruncateSync(fd, pageCount * pageSize);
  closeSync(fd);
  return { ...file, pageCount };
}

/** The distinct bytes of a page. */
function marksOf(fd: number, pageSize: number, pageNumber: number): number[] {
  const page = Buffer.alloc(pageSize);
  readSync(fd, page, 0, pageSize, (pageNumber - 1) * pageSize);
  return [...new Set(page)];
}
