import { type JobBatch, NUMBER } from '../../../job/job-batch.ts';
import { JOB_COLUMNS, type JobColumn } from '../job-columns.ts';
import type { BatchEncoding } from './encode-batch.ts';

/** Numbers of a job, one for each of JOB_COLUMNS; those of its texts mean nothing. */
const NUMBERS_PER_JOB = JOB_COLUMNS.length;

/** So many jobs stay in the fastest cache. */
const BLOCK_JOBS = 64;

/**
 * The numbers of some jobs of a batch, job after job. A batch has them column after column: to fetch those of one
 * job from all over it would wait for memory again and again.
 */
export class JobNumbers {
  readonly values = new Float64Array(BLOCK_JOBS * NUMBERS_PER_JOB);
  readonly #encoding: BatchEncoding;
  #first = 0;
  #end = 0;

  constructor(encoding: BatchEncoding) {
    this.#encoding = encoding;
    const { runId, fileId } = encoding;
    for (const [column, { from }] of JOB_COLUMNS.entries()) {
      // The row id is the key of the b-tree; its column is stored as NULL.
      if (from === 'row-id') this.#fillWith(Number.NaN, column);
      else if (from === 'run-id') this.#fillWith(runId, column);
      else if (from === 'file-id') this.#fillWith(fileId, column);
    }
  }

  /** @returns where the numbers of a job begin in `values`. Jobs are asked for in ascending order. */
  placeOf(row: number): number {
    if (row >= this.#end) this.#fill(row);
    return (row - this.#first) * NUMBERS_PER_JOB;
  }

  #fill(first: number): void {
    this.#first = first;
    this.#end = Math.min(first + BLOCK_JOBS, this.#encoding.batch.rows);
    for (let column = 0; column < NUMBERS_PER_JOB; column++) {
      this.#fillColumn(JOB_COLUMNS[column], column);
    }
  }

  #fillColumn(column: JobColumn, to: number): void {
    const { batch, nameIds, qosIds, firstLine } = this.#encoding;
    switch (column.from) {
      case 'integer':
        this.#fillFrom(batch, column.at, to, column.at === NUMBER.line ? firstLine : 0);
        break;
      case 'real':
        this.#fillFrom(batch, column.at, to, 0);
        break;
      case 'name-id':
        this.#fillIds(batch.codes, column.at * batch.capacity, nameIds[column.at], to);
        break;
      case 'qos-id':
        this.#fillIds(batch.qosCodes, 0, qosIds, to);
        break;
    }
  }

  #fillFrom({ numbers, capacity }: JobBatch, column: number, to: number, added: number): void {
    const { values } = this;
    const from = column * capacity;
    let at = to;
    for (let row = this.#first; row < this.#end; row++) {
      values[at] = numbers[from + row] + added;
      at += NUMBERS_PER_JOB;
    }
  }

  #fillIds(codes: Int32Array | Uint8Array, from: number, ids: ArrayLike<number>, to: number): void {
    const { values } = this;
    let at = to;
    for (let row = this.#first; row < this.#end; row++) {
      values[at] = ids[codes[from + row]];
      at += NUMBERS_PER_JOB;
    }
  }

  #fillWith(value: number, to: number): void {
    const { values } = this;
    for (let at = to; at < values.length; at += NUMBERS_PER_JOB) values[at] = value;
  }
}
