import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnBlock } from '../../../../src/ledger/sqlite/pages/column-block.ts';
import { PageReader } from '../../../../src/ledger/sqlite/pages/page-reader.ts';
import { tableLayout } from '../../../../src/ledger/sqlite/pages/table-layout.ts';
import { TableScan } from '../../../../src/ledger/sqlite/pages/table-scan.ts';
import { TextCodes } from '../../../../src/ledger/sqlite/pages/text-codes.ts';
import { TempFolder } from '../../../support/temp-folder.ts';

const COLUMNS = ['a', 'b', 'c', 'd', 'e'] as const;
type Value = number | string | null;
type Row = readonly [id: number, a: Value, b: Value, c: Value, d: Value, e: Value];

const integer = fc.oneof(
  fc.constantFrom(0, 1, -1, 127, -128, 32_767, -32_768, 2 ** 23, -(2 ** 23), 2 ** 31, -(2 ** 31)),
  fc.maxSafeInteger(),
);
const real = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
const text = fc.oneof(
  fc.constantFrom('', 'regular', 'premium', 'größer'),
  fc.string({ maxLength: 80 }),
  // Some go on in one page or in several others.
  fc.nat(20_000).map((length) => 'x'.repeat(length)),
);
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 8 });
const row = fc.tuple(
  fc.oneof(fc.nat(300), fc.integer({ min: -(2 ** 40), max: 2 ** 40 })),
  orNull(integer),
  orNull(text),
  orNull(real),
  orNull(text),
  orNull(integer),
);

describe('what is read out of the pages of a table', () => {
  it('is what SQLite reads, of any rows, columns, ids and sizes of pages', () => {
    using folder = new TempFolder();
    let files = 0;
    fc.assert(
      fc.property(
        fc.record({
          rows: fc.uniqueArray(row, { maxLength: 120, selector: ([id]) => id }),
          many: fc.constantFrom(0, 0, 3000),
          removed: fc.nat(3),
          wanted: fc.shuffledSubarray([...COLUMNS], { minLength: 1 }),
          span: fc.tuple(fc.integer({ min: -50, max: 400 }), fc.nat(4000)),
          pageSize: fc.constantFrom(512, 4096, 65_536),
        }),
        ({ rows, many, removed, wanted, span: [firstId, ids], pageSize }) => {
          const path = folder.file(`${files++}.db`);
          using made = new MadeTable(path, pageSize);
          made.insert(rows);
          made.insert(manyRows(many));
          made.remove(removed);
          const lastId = firstId + ids;
          expect(made.read(wanted, firstId, lastId)).toEqual(made.select(wanted, firstId, lastId));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is NULL in a column that came after the row', () => {
    using folder = new TempFolder();
    using made = new MadeTable(folder.file('a.db'), 4096);
    made.insert([[1, 2, 'x', 3.5, null, 5]]);
    made.db.exec('ALTER TABLE t ADD COLUMN later INTEGER');
    expect(made.read(['later', 'a'], 1, 1)).toEqual([[1, null, 2]]);
  });
});

class MadeTable implements Disposable {
  readonly db: Database.Database;
  readonly #path: string;

  constructor(path: string, pageSize: number) {
    this.#path = path;
    this.db = new Database(path);
    this.db.pragma(`page_size = ${pageSize}`);
    this.db.exec(
      'CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c REAL, d TEXT, e INTEGER) STRICT',
    );
  }

  insert(rows: readonly Row[]): void {
    const insert = this.db.prepare('INSERT OR IGNORE INTO t VALUES (?, ?, ?, ?, ?, ?)');
    this.db.transaction(() => {
      for (const row of rows) insert.run(...row);
    })();
  }

  /** Leaves gaps in the pages. */
  remove(every: number): void {
    if (every > 0) this.db.prepare('DELETE FROM t WHERE id % ? = 1').run(every + 1);
  }

  select(wanted: readonly string[], firstId: number, lastId: number): unknown[] {
    return this.db
      .prepare(`SELECT id, ${wanted.join()} FROM t WHERE id BETWEEN ? AND ? ORDER BY id`)
      .raw()
      .all(firstId, lastId);
  }

  read(wanted: readonly string[], firstId: number, lastId: number): Value[][] {
    const fd = openSync(this.#path, 'r');
    const texts = new TextCodes();
    const scan = new TableScan(new PageReader(fd), tableLayout(this.db, 't'), wanted, texts);
    const block = new ColumnBlock(wanted.length, 5000);
    scan.read(firstId, lastId, block);
    closeSync(fd);
    return Array.from({ length: block.rows }, (_, row) => [
      block.ids[row],
      ...wanted.map((name, i) => {
        const number = block.columns[i][row];
        if (Number.isNaN(number)) return null;
        return name === 'b' || name === 'd' ? texts.text(number) : number;
      }),
    ]);
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}

/** Enough for several levels of pages. */
function manyRows(count: number): Row[] {
  return Array.from({ length: count }, (_, i) => [i * 2, i, `text ${i % 7}`, i / 3, null, -i]);
}
