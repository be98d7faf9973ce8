import {
  endRow,
  identities,
  numberOf,
  rows,
  selectCodes,
  setCode,
  setNumber,
  setText,
} from './batch';
import { storeIdentity } from './identities';
import { arrayIndex, readJobId, shortId } from './job-ids';
import { DOUBT, readExactDecimal, readRoundedCount, readWhole } from './numbers';
import { codeOf, NO_CODE } from './text-codes';
import { readTime } from './times';

/** How a field is read, in the order of KERNEL_FIELD_KINDS. */
enum Kind {
  jobId,
  time,
  count,
  whole,
  decimal,
  recordType,
  required,
  text,
  idText,
  coded,
  select,
}

/**
 * The steps in which a row is read: numbers up to `numbersEnd`, then the rest. Each is a word for the kind, one
 * for the place among the fields, one for the column of the batch, one that is free, and a double for the seconds
 * or bytes of one unit.
 */
export let plan: usize = 0;
export let numbersEnd: usize = 0;
export let planEnd: usize = 0;
const STEP_BYTES: usize = 24;
const PLACE: usize = 4;
const COLUMN: usize = 8;
const SCALE: usize = 16;

/** Where the marks of the line are, which its fields are between. */
let fields: usize = 0;

export function setFields(markBefore: usize): void {
  fields = markBefore;
}

/** Columns of the batch that mean something here. */
export let shortIdColumn: usize = 0;
export let arrayIndexColumn: usize = 0;
export let submitColumn: usize = 0;
export let eligibleColumn: usize = 0;
export let startColumn: usize = 0;
export let endColumn: usize = 0;
export let lineColumn: usize = 0;
/** Select statements get codes like the texts of this column, which the batch does not have. */
export let selectColumn: usize = 0;

/** The last end that a job may have. */
export let latestEnd: f64 = 0;

const RECORD_TYPE_END: u8 = 69;

/**
 * Reads the row whose fields are cut into the batch.
 * @returns whether it is beyond doubt a job. The names of one in doubt get into no table, if it is to be a reject.
 */
export function readRow(line: i32): bool {
  for (let step = plan; step < numbersEnd; step += STEP_BYTES) {
    if (!readNumber(step)) return false;
  }
  if (!isInOrder()) return false;
  for (let step = numbersEnd; step < planEnd; step += STEP_BYTES) {
    if (!readText(step)) return false;
  }
  setNumber(lineColumn, line);
  endRow();
  return true;
}

function readNumber(step: usize): bool {
  const start = fieldStart(step);
  const end = fieldEnd(step);
  let value: f64 = 0;
  switch (load<i32>(step)) {
    case Kind.time:
      value = readTime(start, end);
      break;
    case Kind.count:
      value = readRoundedCount(start, end, load<f64>(step, SCALE));
      break;
    case Kind.whole:
      value = readWhole(start, end);
      break;
    case Kind.decimal:
      value = readExactDecimal(start, end);
      break;
    default:
      if (!readJobId(start, end)) return false;
      setNumber(shortIdColumn, shortId);
      setNumber(arrayIndexColumn, arrayIndex);
      return true;
  }
  if (value === DOUBT) return false;
  setNumber(load<u32>(step, COLUMN), value);
  return true;
}

/** Whether the times are known and in order. Zeros, which PBS writes for times that it lost, are to be repaired. */
function isInOrder(): bool {
  const submit = numberOf(submitColumn);
  const start = numberOf(startColumn);
  const end = numberOf(endColumn);
  // A start that is not known is NaN, with which all comparisons are false.
  const inOrder = end >= submit && !(end < start) && !(start < submit);
  const repaired = start === 0 || numberOf(eligibleColumn) === 0;
  return inOrder && !repaired && end >= 0 && end <= latestEnd;
}

function readText(step: usize): bool {
  const start = fieldStart(step);
  const end = fieldEnd(step);
  const column = <usize>load<u32>(step, COLUMN);
  switch (load<i32>(step)) {
    case Kind.coded: {
      const code = codeOf(column, start, end);
      setCode(column, code);
      return code !== NO_CODE;
    }
    case Kind.select: {
      const code = codeOf(selectColumn, start, end);
      store<i32>(selectCodes + (rows << 2), code);
      setText(column, start, end);
      return code !== NO_CODE;
    }
    case Kind.idText:
      storeIdentity(identities + (rows << 3), numberOf(submitColumn), start, end);
      setText(column, start, end);
      return true;
    case Kind.text:
      setText(column, start, end);
      return true;
    case Kind.required:
      return start < end;
    default:
      return end - start !== 1 || load<u8>(start) === RECORD_TYPE_END;
  }
}

function fieldStart(step: usize): usize {
  return <usize>load<u32>(fields + ((<usize>load<u32>(step, PLACE)) << 2)) + 1;
}

function fieldEnd(step: usize): usize {
  return <usize>load<u32>(fields + ((<usize>load<u32>(step, PLACE)) << 2), 4);
}
