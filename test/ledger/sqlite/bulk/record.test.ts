import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SqliteRecord } from '../../../../src/ledger/sqlite/bulk/record.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { EXTREME_INTEGERS, EXTREME_REALS, EXTREME_TEXTS } from './extreme-values.ts';
import { propertyRuns } from './property-runs.ts';
import { storedFaults } from './stored-rows.ts';
import { tablePayloads } from './table-payloads.ts';
import { makeDatabase } from './write-ledger-here.ts';
import {
  type ColumnKind,
  encodeRow,
  type TableRows,
  tableSchema,
  type Value,
  writeTableFile,
} from './write-table-file.ts';

const PAGE_SIZE = 4096;
/** What a record must hold at least; a row of the ledger has fewer. */
const MOST_COLUMNS = 63;

describe('a record', () => {
  const { numRuns, timeoutMs } = propertyRuns(100);

  it(
    'is read by SQLite as what it was made of, and is what SQLite makes of it, byte for byte',
    () => {
      fc.assert(
        fc.property(tables(), (table) => {
          expectLikeSqlite(table);
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it.each<[string, ColumnKind, readonly Value[]]>([
    ['integer', 'INTEGER', EXTREME_INTEGERS],
    ['real', 'REAL', EXTREME_REALS],
    ['text', 'TEXT', EXTREME_TEXTS],
  ])('holds every extreme %s', (_name, kind, values) => {
    expectLikeSqlite({ columns: [kind], rows: [null, ...values].map((value) => [value]) });
  });

  it('tells the size of a long header, on both sides of where that size needs a byte more', () => {
    // A text of 8,186 bytes and more needs three bytes in the header, a short one needs one.
    const long = 'x'.repeat(8186);
    for (const columns of [MOST_COLUMNS - 1, MOST_COLUMNS]) {
      const rows = [29, 30, 31, 32, 33, 34].map((longTexts) => [
        ...Array<Value>(longTexts).fill(long),
        ...Array<Value>(columns - longTexts).fill('short'),
      ]);
      expectLikeSqlite({ columns: Array<ColumnKind>(columns).fill('TEXT'), rows });
    }
  });

  it('says beforehand how many bytes it writes, and writes no others', () => {
    const record = new SqliteRecord();
    for (const text of [...EXTREME_TEXTS, 'y'.repeat(100_000)]) {
      encodeRow(record, ['TEXT', 'INTEGER'], [text, 300]);
      const target = Buffer.alloc(record.size + 20, 0xee);
      expect(record.copyTo(target, 10)).toBe(10 + record.size);
      expect(target.subarray(0, 10).every((byte) => byte === 0xee)).toBe(true);
      expect(target.subarray(10 + record.size).every((byte) => byte === 0xee)).toBe(true);
    }
  });

  it('remembers nothing of the row before', () => {
    const record = new SqliteRecord();
    encodeRow(record, ['TEXT', 'REAL'], ['z'.repeat(10_000), 0.1]);
    encodeRow(record, ['INTEGER'], [7]);
    const bytes = Buffer.alloc(record.size);
    record.copyTo(bytes, 0);
    expect([...bytes]).toEqual([3, 0, 1, 7]);
  });
});

function tables(): fc.Arbitrary<TableRows> {
  const kinds = fc.constantFrom<ColumnKind>('INTEGER', 'REAL', 'TEXT');
  return fc.array(kinds, { minLength: 1, maxLength: 40 }).chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(valuesOf)), { maxLength: 12 }),
    }),
  );
}

function valuesOf(kind: ColumnKind): fc.Arbitrary<Value> {
  const nothing = fc.constant<Value>(null);
  if (kind === 'INTEGER') {
    return fc.oneof(
      nothing,
      fc.constantFrom(...EXTREME_INTEGERS),
      fc.integer(),
      fc.maxSafeInteger(),
    );
  }
  if (kind === 'REAL') {
    const reals = fc.double({ noNaN: true });
    return fc.oneof(nothing, fc.constantFrom(...EXTREME_REALS), reals, fc.maxSafeInteger());
  }
  const long = fc
    .tuple(fc.constantFrom('x', 'é', '日', '🚀'), fc.nat(3 * PAGE_SIZE))
    .map(([character, length]) => character.repeat(length));
  const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
  return fc.oneof(nothing, fc.constantFrom(...EXTREME_TEXTS), texts, long);
}

/** Compares a table that is written as pages with the one that SQLite makes of the same rows. */
function expectLikeSqlite(table: TableRows): void {
  using folder = new TempFolder();
  const [ours, theirs] = [folder.file('ours.db'), folder.file('theirs.db')];
  writeTableFile(ours, PAGE_SIZE, table);
  insertTable(theirs, table);
  expect(storedFaults(ours)).toEqual([]);
  expect(valuesAndTypes(ours, table)).toEqual(valuesAndTypes(theirs, table));
  expect(hexOf(tablePayloads(ours, 't'))).toEqual(hexOf(tablePayloads(theirs, 't')));
}

function insertTable(path: string, { columns, rows }: TableRows): void {
  makeDatabase(path, PAGE_SIZE);
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.exec(tableSchema(columns));
  const insert = db.prepare<[Value[]]>(
    `INSERT INTO t VALUES (NULL${', ?'.repeat(columns.length)})`,
  );
  db.transaction(() => {
    for (const row of rows) insert.run([...row]);
  })();
  db.close();
}

function valuesAndTypes(path: string, { columns }: TableRows): unknown[] {
  const db = new Database(path);
  const types = columns.map((_, i) => `, typeof(c${i})`).join('');
  const rows = db.prepare(`SELECT *${types} FROM t ORDER BY id`).raw().all();
  db.close();
  return rows;
}

function hexOf(payloads: ReadonlyMap<number, Buffer>): [number, string][] {
  return [...payloads].map(([rowId, payload]) => [rowId, payload.toString('hex')]);
}
