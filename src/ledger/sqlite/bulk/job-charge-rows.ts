import { type JobBatch, NUMBER } from '../../../job/job-batch.ts';
import type { BatchEncoding } from './encode-batch.ts';
import { MOST_NUMBER_BYTES, writeInteger, writeReal } from './record-values.ts';
import type { TableLeafPages } from './table-leaf-pages.ts';

const COLUMNS = 7;
const HEADER_BYTES = 1 + COLUMNS;
const MOST_BYTES = HEADER_BYTES + COLUMNS * MOST_NUMBER_BYTES;

/** Writes jobs of a batch as rows of `job_charges`, in the order of its columns, straight into the page. */
export class JobChargeRows {
  readonly #pages: TableLeafPages;
  readonly #batch: JobBatch;
  readonly #qosFactors: readonly number[];
  readonly #chargeVersion: number;

  constructor({ batch, qosFactors, chargeVersion }: BatchEncoding, pages: TableLeafPages) {
    this.#pages = pages;
    this.#batch = batch;
    this.#qosFactors = qosFactors;
    this.#chargeVersion = chargeVersion;
  }

  append(rowId: number, row: number): void {
    const { capacity, numbers, qosCodes, incomplete } = this.#batch;
    const start = this.#pages.begin(rowId, MOST_BYTES);
    const { bytes, view } = this.#pages;
    bytes[start] = HEADER_BYTES;
    // The row id is the key of the b-tree; its column is stored as NULL.
    bytes[start + 1] = 0;
    let at = start + HEADER_BYTES;
    at = writeReal(bytes, start + 2, view, at, numbers[NUMBER.cpu_hours * capacity + row]);
    at = writeReal(bytes, start + 3, view, at, numbers[NUMBER.gpu_hours * capacity + row]);
    at = writeReal(bytes, start + 4, view, at, numbers[NUMBER.memory_hours * capacity + row]);
    at = writeReal(bytes, start + 5, view, at, this.#qosFactors[qosCodes[row]]);
    at = writeInteger(bytes, start + 6, view, at, this.#chargeVersion);
    at = writeInteger(bytes, start + 7, view, at, incomplete[row]);
    this.#pages.end(at);
  }
}
