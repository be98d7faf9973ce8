import type Database from 'better-sqlite3';
import type { JobBatch } from '../../job/job-batch.ts';
import { JOB_COLUMNS } from './job-columns.ts';

/** What a batch's rows need besides the batch: ids that only the ledger knows. */
export interface RowIds {
  /** For each coded column that names something, the id of each of its texts. */
  readonly nameIds: ReadonlyMap<number, readonly number[]>;
  /** By the batch's QoS codes. */
  readonly qosIds: readonly number[];
  readonly runId: number;
  readonly fileId: number;
}

/** More rows in one statement gain nothing measurable: the cost is in binding each value. */
const ROWS_PER_STATEMENT = 20;

/** A value of a row of `jobs` as it is bound. */
export type Value = string | number | null;

/** Inserts the jobs of a batch, several rows a statement; a job that is already there changes nothing. */
export class JobRows {
  readonly #db: Database.Database;
  readonly #inserts = new Map<number, Database.Statement<[Value[]]>>();
  readonly #present: Database.Statement<[number, number], number>;
  readonly #maxId: Database.Statement<[], number>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#present = db
      .prepare<[number, number], number>('SELECT id FROM jobs WHERE id >= ? AND id < ?')
      .pluck();
    this.#maxId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM jobs').pluck();
  }

  /** @returns for each row of the batch its id in the ledger, or 0 for a job that was there before. */
  insert(batch: JobBatch, ids: RowIds): Float64Array {
    const rowIds = new Float64Array(batch.rows);
    const texts = new BatchTexts(batch);
    let nextId = (this.#maxId.get() ?? 0) + 1;
    for (let first = 0; first < batch.rows; first += ROWS_PER_STATEMENT) {
      const count = Math.min(ROWS_PER_STATEMENT, batch.rows - first);
      const values: Value[] = [];
      for (let i = 0; i < count; i++) {
        appendRow(values, batch, texts, ids, first + i, nextId + i);
      }
      const { changes } = this.#insertOf(count).run(values);
      if (changes === 0) continue;
      if (changes === count) {
        for (let i = 0; i < count; i++) rowIds[first + i] = nextId + i;
      } else {
        for (const id of this.#present.all(nextId, nextId + count))
          rowIds[first + id - nextId] = id;
      }
      nextId += count;
    }
    return rowIds;
  }

  #insertOf(rows: number): Database.Statement<[Value[]]> {
    const known = this.#inserts.get(rows);
    if (known !== undefined) return known;
    const row = `(${JOB_COLUMNS.map(() => '?').join(',')})`;
    const columns = JOB_COLUMNS.map(({ name }) => `"${name}"`).join(',');
    const statement = this.#db.prepare<[Value[]]>(
      `INSERT INTO jobs (${columns}) VALUES ${Array(rows).fill(row).join(',')}
       ON CONFLICT (job_id, submit) DO NOTHING`,
    );
    this.#inserts.set(rows, statement);
    return statement;
  }
}

/** Appends the values of one row, in the order of JOB_COLUMNS. */
export function appendRow(
  values: Value[],
  batch: JobBatch,
  texts: BatchTexts,
  ids: RowIds,
  row: number,
  id: number,
): void {
  const { capacity, codes, numbers, tables } = batch;
  for (const column of JOB_COLUMNS) {
    switch (column.from) {
      case 'row-id':
        values.push(id);
        break;
      case 'text':
        values.push(texts.text(column.at, row));
        break;
      case 'coded-text': {
        const code = codes[column.at * capacity + row];
        values.push(code === -1 ? null : tables[column.at][code]);
        break;
      }
      case 'name-id':
        values.push(ids.nameIds.get(column.at)?.[codes[column.at * capacity + row]] ?? null);
        break;
      case 'integer':
      case 'real':
        // SQLite binds NaN as NULL, which is what it means here.
        values.push(numbers[column.at * capacity + row]);
        break;
      case 'qos-id':
        values.push(ids.qosIds[batch.qosCodes[row]]);
        break;
      case 'run-id':
        values.push(ids.runId);
        break;
      case 'file-id':
        values.push(ids.fileId);
        break;
    }
  }
}

/** Decodes the texts of a batch that are not in a table. */
export class BatchTexts {
  readonly #batch: JobBatch;
  readonly #bytes: Buffer;
  readonly #encoding: 'latin1' | 'utf8';

  constructor(batch: JobBatch) {
    this.#batch = batch;
    this.#bytes = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset, batch.bytes.byteLength);
    // Of pure ASCII both are right; Latin-1 needs no look at the bytes.
    this.#encoding = batch.ascii ? 'latin1' : 'utf8';
  }

  text(column: number, row: number): string | null {
    const at = column * this.#batch.capacity + row;
    const length = this.#batch.textLengths[at];
    if (length === -1) return null;
    const start = this.#batch.textStarts[at];
    return this.#bytes.toString(this.#encoding, start, start + length);
  }
}
