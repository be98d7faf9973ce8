import { CODED_COLUMNS, type JobBatch, NUMBER_COLUMNS, TEXT_COLUMNS } from './job-batch.ts';

/** Memory for the columns of a batch, laid out as in `JobBatch`. */
export type BatchColumns = Pick<
  JobBatch,
  | 'capacity'
  | 'numbers'
  | 'textStarts'
  | 'textLengths'
  | 'codes'
  | 'qosCodes'
  | 'incomplete'
  | 'endDays'
  | 'identities'
>;

/** How many values each column of rows has for one row. */
export const VALUES_PER_ROW = {
  numbers: NUMBER_COLUMNS.length,
  textStarts: TEXT_COLUMNS.length,
  textLengths: TEXT_COLUMNS.length,
  codes: CODED_COLUMNS.length,
  identities: 2,
} as const;

export function newBatchColumns(capacity: number): BatchColumns {
  return {
    capacity,
    numbers: new Float64Array(VALUES_PER_ROW.numbers * capacity).fill(Number.NaN),
    textStarts: new Int32Array(VALUES_PER_ROW.textStarts * capacity),
    textLengths: new Int32Array(VALUES_PER_ROW.textLengths * capacity).fill(-1),
    codes: new Int32Array(VALUES_PER_ROW.codes * capacity).fill(-1),
    identities: new Uint32Array(VALUES_PER_ROW.identities * capacity),
    qosCodes: new Uint8Array(capacity),
    incomplete: new Uint8Array(capacity),
    endDays: new Int32Array(capacity),
  };
}

/** The same in memory of its own. */
export function copiedColumns(columns: BatchColumns): BatchColumns {
  return {
    ...columns,
    numbers: columns.numbers.slice(),
    textStarts: columns.textStarts.slice(),
    textLengths: columns.textLengths.slice(),
    codes: columns.codes.slice(),
    qosCodes: columns.qosCodes.slice(),
    incomplete: columns.incomplete.slice(),
    endDays: columns.endDays.slice(),
    identities: columns.identities.slice(),
  };
}
