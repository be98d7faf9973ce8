import type Database from 'better-sqlite3';
import { type JobBatch, NUMBER } from '../../job/job-batch.ts';

/** The columns of the table `job_charges`, in the order of its schema. */
export const CHARGE_COLUMNS = [
  'job_id',
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
  'qos_factor',
  'charge_version',
  'incomplete',
];
const ROWS_PER_STATEMENT = 20;
const VALUES_PER_STATEMENT = ROWS_PER_STATEMENT * CHARGE_COLUMNS.length;

/** Inserts the charges of the jobs of a batch that are new, one row for each job. */
export class ChargeRows {
  readonly #one: Database.Statement<[number[]]>;
  readonly #many: Database.Statement<[number[]]>;

  constructor(db: Database.Database) {
    this.#one = db.prepare<[number[]]>(insertOf(1));
    this.#many = db.prepare<[number[]]>(insertOf(ROWS_PER_STATEMENT));
  }

  /**
   * @param rowIds for each row of the batch its id in the ledger, 0 for none.
   * @param factors QoS factors by the batch's QoS codes.
   */
  insert(
    batch: JobBatch,
    rowIds: Float64Array,
    factors: readonly number[],
    chargeVersion: number,
  ): void {
    const { capacity, numbers } = batch;
    let values: number[] = [];
    for (let row = 0; row < batch.rows; row++) {
      if (rowIds[row] === 0) continue;
      values.push(
        rowIds[row],
        numbers[NUMBER.cpu_hours * capacity + row],
        numbers[NUMBER.gpu_hours * capacity + row],
        numbers[NUMBER.memory_hours * capacity + row],
        factors[batch.qosCodes[row]],
        chargeVersion,
        batch.incomplete[row],
      );
      if (values.length === VALUES_PER_STATEMENT) {
        this.#many.run(values);
        values = [];
      }
    }
    for (let at = 0; at < values.length; at += CHARGE_COLUMNS.length) {
      this.#one.run(values.slice(at, at + CHARGE_COLUMNS.length));
    }
  }
}

function insertOf(rows: number): string {
  const row = `(${CHARGE_COLUMNS.map(() => '?').join(',')})`;
  return `INSERT INTO job_charges (${CHARGE_COLUMNS.join(',')}) VALUES ${Array(rows).fill(row).join(',')}`;
}
