import type Database from 'better-sqlite3';
import {
  CODED,
  type JobBatch,
  NUMBER,
  NUMBER_COLUMNS,
  TEXT,
  TEXT_COLUMNS,
} from '../../job/job-batch.ts';

/** What a batch's rows need besides the batch: ids that only the ledger knows, by the batch's own codes. */
export interface RowIds {
  readonly userIds: readonly number[];
  readonly accountIds: readonly number[];
  readonly queueIds: readonly number[];
  readonly qosIds: readonly number[];
  readonly runId: number;
  readonly fileId: number;
}

const CHARGE_COLUMNS = ['cpu_hours', 'gpu_hours', 'memory_hours'] as const;
const JOB_NUMBERS = NUMBER_COLUMNS.filter(
  (name) => !CHARGE_COLUMNS.some((other) => other === name),
);
const JOB_TEXT_CODES = ['status', 'cputype', 'gputype', 'ptargets', 'priority'] as const;
const COLUMNS = [
  'id',
  'user_id',
  'account_id',
  'queue_id',
  'qos_id',
  'run_id',
  'file_id',
  ...TEXT_COLUMNS,
  ...JOB_TEXT_CODES,
  ...JOB_NUMBERS.map((name) => `"${name}"`),
];

/** More rows in one statement gain nothing measurable: the cost is in binding each value. */
const ROWS_PER_STATEMENT = 20;

type Value = string | number | null;

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
    const row = `(${COLUMNS.map(() => '?').join(',')})`;
    const statement = this.#db.prepare<[Value[]]>(
      `INSERT INTO jobs (${COLUMNS.join(',')}) VALUES ${Array(rows).fill(row).join(',')}
       ON CONFLICT (job_id, submit) DO NOTHING`,
    );
    this.#inserts.set(rows, statement);
    return statement;
  }
}

function appendRow(
  values: Value[],
  batch: JobBatch,
  texts: BatchTexts,
  ids: RowIds,
  row: number,
  id: number,
): void {
  const { capacity, codes, numbers, tables } = batch;
  values.push(
    id,
    ids.userIds[codes[CODED.user * capacity + row]],
    ids.accountIds[codes[CODED.account * capacity + row]],
    ids.queueIds[codes[CODED.queue * capacity + row]],
    ids.qosIds[batch.qosCodes[row]],
    ids.runId,
    ids.fileId,
  );
  for (const column of TEXT_COLUMNS) values.push(texts.text(TEXT[column], row));
  for (const column of JOB_TEXT_CODES) {
    const code = codes[CODED[column] * capacity + row];
    values.push(code === -1 ? null : tables[CODED[column]][code]);
  }
  // SQLite binds NaN as NULL, which is what it means here.
  for (const column of JOB_NUMBERS) values.push(numbers[NUMBER[column] * capacity + row]);
}

/** Decodes the texts of a batch that are not in a table. */
class BatchTexts {
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
