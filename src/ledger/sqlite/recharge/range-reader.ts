import type Database from 'better-sqlite3';
import { ColumnBlock, keepCommonRows } from '../pages/column-block.ts';
import { PageReader } from '../pages/page-reader.ts';
import { tableLayout } from '../pages/table-layout.ts';
import { TableScan } from '../pages/table-scan.ts';
import type { TextCodes } from '../pages/text-codes.ts';
import type { RangeTask } from './charged-range.ts';
import { CHARGE_COLUMNS, JOB_COLUMNS, type RangeRows } from './range-rows.ts';

/** Rows of SQLite are fetched as arrays, and so many at once die young and cheaply. */
const ROWS_AT_ONCE = 1000;

/** Reads ranges of jobs and charges, one after the other into the same memory. */
export class RangeReader {
  readonly #db: Database.Database;
  readonly #texts: TextCodes;
  #jobs = new ColumnBlock(0, 0);
  #charges = new ColumnBlock(0, 0);

  constructor(db: Database.Database, texts: TextCodes) {
    this.#db = db;
    this.#texts = texts;
  }

  /** @param asked columns of jobs besides JOB_COLUMNS. */
  read({ firstId, lastId, frozenFile }: RangeTask, asked: readonly string[]): RangeRows {
    const jobColumns = [...JOB_COLUMNS, ...asked];
    const ids = lastId - firstId + 1;
    this.#jobs = blockFor(this.#jobs, jobColumns.length, ids);
    this.#charges = blockFor(this.#charges, CHARGE_COLUMNS.length, ids);
    const read =
      frozenFile === undefined ? this.#bySql.bind(this) : this.#ofFile(new PageReader(frozenFile));
    // One state of the ledger for both.
    this.#db.transaction(() => {
      read('jobs', 'id', jobColumns, firstId, lastId, this.#jobs);
      read('job_charges', 'job_id', CHARGE_COLUMNS, firstId, lastId, this.#charges);
    })();
    keepCommonRows(this.#jobs, this.#charges);
    return { rows: this.#jobs.rows, jobs: this.#jobs, charges: this.#charges };
  }

  #ofFile(pages: PageReader): ReadTable {
    return (table, _id, columns, firstId, lastId, block) => {
      const scan = new TableScan(pages, tableLayout(this.#db, table), columns, this.#texts);
      scan.read(firstId, lastId, block);
    };
  }

  #bySql(
    table: string,
    id: string,
    names: readonly string[],
    firstId: number,
    lastId: number,
    block: ColumnBlock,
  ): void {
    const { ids, columns } = block;
    const quoted = [id, ...names].map((name) => `"${name}"`);
    const select = this.#db
      .prepare<[number, number], (number | string | null)[]>(
        `SELECT ${quoted.join()} FROM ${table} NOT INDEXED WHERE ${id} BETWEEN ? AND ? ORDER BY ${id}`,
      )
      .raw();
    block.rows = 0;
    for (let from = firstId; from <= lastId; from += ROWS_AT_ONCE) {
      for (const row of select.all(from, Math.min(lastId, from + ROWS_AT_ONCE - 1))) {
        ids[block.rows] = Number(row[0]);
        for (let i = 1; i < row.length; i++) {
          columns[i - 1][block.rows] = this.#number(row[i]);
        }
        block.rows++;
      }
    }
  }

  #number(value: number | string | null): number {
    if (typeof value === 'number') return value;
    return value === null ? Number.NaN : this.#texts.code(value);
  }
}

type ReadTable = (
  table: string,
  id: string,
  columns: readonly string[],
  firstId: number,
  lastId: number,
  block: ColumnBlock,
) => void;

function blockFor(known: ColumnBlock, columns: number, rows: number): ColumnBlock {
  const fits = known.capacity >= rows && known.columns.length === columns;
  return fits ? known : new ColumnBlock(columns, rows);
}
