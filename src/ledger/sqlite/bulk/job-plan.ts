import { NUMBER } from '../../../job/job-batch.ts';
import {
  CODED_TEXT_COLUMN,
  COLUMN_PLAN_BYTES,
  CONSTANT_COLUMN,
  FIRST_ADDRESS,
  INTEGER_COLUMN,
  NAME_ID_COLUMN,
  NULL_COLUMN,
  PLAN_NUMBER,
  QOS_ID_COLUMN,
  REAL_COLUMN,
  SECOND_ADDRESS,
  TEXT_COLUMN,
  THIRD_ADDRESS,
} from '../../../kernel/assembly/rows/column-kinds.ts';
import { JOB_COLUMNS, type JobColumn } from '../job-columns.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { BatchEncoding } from './encode-batch.ts';
import type { EncodingKernel } from './encoding-kernel.ts';

/** What the kernel is told of a column of `jobs`. */
interface ColumnPlan {
  readonly kind: number;
  /** Where its values are, and what they point into. */
  readonly addresses?: readonly number[];
  /** It is added to all values. */
  readonly number?: number;
}

const ADDRESSES = [FIRST_ADDRESS, SECOND_ADDRESS, THIRD_ADDRESS];
/** A longer one has a type of more than a byte. */
const LONGEST_SHORT_TEXT = 57;

/** Tells the kernel what each of JOB_COLUMNS is made of, and where that stands in its memory. */
export function planJobRows(
  kernel: EncodingKernel,
  memory: BatchMemory,
  encoding: BatchEncoding,
): void {
  const { jobPlan, longTypes } = memory.at;
  const plan = new DataView(kernel.buffer, jobPlan, (JOB_COLUMNS.length + 1) * COLUMN_PLAN_BYTES);
  const texts: number[] = [];
  let mostCodedBytes = 0;
  for (const [i, column] of JOB_COLUMNS.entries()) {
    const { kind, addresses = [], number = 0 } = planOf(column, memory, encoding);
    const at = i * COLUMN_PLAN_BYTES;
    plan.setInt32(at, kind, true);
    for (const [place, address] of addresses.entries()) {
      plan.setUint32(at + ADDRESSES[place], address, true);
    }
    plan.setFloat64(at + PLAN_NUMBER, number, true);
    const longest = column.from === 'coded-text' ? memory.codedTexts.longest(column.at) : 0;
    if (column.from === 'text' || longest > LONGEST_SHORT_TEXT) texts.push(jobPlan + at);
    mostCodedBytes += longest;
  }
  // The kernel looks for more integers behind the last column.
  plan.setInt32(JOB_COLUMNS.length * COLUMN_PLAN_BYTES, NULL_COLUMN, true);
  kernel.put(longTypes, Uint32Array.from(texts));
  kernel.exports.planJobRows(jobPlan, JOB_COLUMNS.length, longTypes, texts.length, mostCodedBytes);
}

function planOf(
  column: JobColumn,
  memory: BatchMemory,
  { runId, fileId, firstLine }: BatchEncoding,
): ColumnPlan {
  const { at } = memory;
  switch (column.from) {
    case 'row-id':
      return { kind: NULL_COLUMN };
    case 'integer': {
      const number = column.at === NUMBER.line ? firstLine : 0;
      return { kind: INTEGER_COLUMN, addresses: [memory.numbers(column.at)], number };
    }
    case 'real':
      return { kind: REAL_COLUMN, addresses: [memory.numbers(column.at)] };
    case 'text': {
      const [starts, lengths] = [memory.textStarts(column.at), memory.textLengths(column.at)];
      return { kind: TEXT_COLUMN, addresses: [starts, lengths, at.bytes] };
    }
    case 'coded-text': {
      const spans = at.spans + memory.codedTexts.spanOf(column.at);
      return { kind: CODED_TEXT_COLUMN, addresses: [memory.codes(column.at), spans] };
    }
    case 'name-id': {
      const ids = memory.idsOfNames(column.at);
      return { kind: NAME_ID_COLUMN, addresses: [memory.codes(column.at), ids] };
    }
    case 'qos-id':
      return { kind: QOS_ID_COLUMN, addresses: [at.qosCodes, at.qosIds] };
    case 'run-id':
      return { kind: CONSTANT_COLUMN, number: runId };
    case 'file-id':
      return { kind: CONSTANT_COLUMN, number: fileId };
  }
}
