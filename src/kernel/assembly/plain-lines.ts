import { DOUBT, readExactDecimal, readRoundedCount, readWhole, wholeBetween } from './numbers';
import { find } from './texts';
import { readTime, setPlainTimes } from './times';

export { setPlainTimes };

const LINE_FEED: u8 = 10;
const CARRIAGE_RETURN: u8 = 13;

let bytes: usize = 0;
let bytesEnd: usize = 0;
const delimiter: u8 = 44;
let capacity: usize = 0;
let numbers: usize = 0;
let textStarts: usize = 0;
let textLengths: usize = 0;
let codes: usize = 0;
let identities: usize = 0;
let selects: usize = 0;
let fields: usize = 0; // ends of fields of the line
let plan: usize = 0;
let planCount: i32 = 0;
let fieldCount: i32 = 0;
let tables: usize = 0; // for each coded column a table of `tableSlots`
let tableMask: i32 = 0;
let nextCodes: usize = 0;
const _newTexts: usize = 0;

/** Of the line where reading stopped. */
export let lineStart: usize = 0;
export let lineEnd: usize = 0;
export let lines: i32 = 0;
export let rows: i32 = 0;

export function setup(
  b: usize,
  be: usize,
  cap: usize,
  num: usize,
  ts: usize,
  tl: usize,
  co: usize,
  id: usize,
  se: usize,
  f: usize,
  p: usize,
  pc: i32,
  fc: i32,
  tab: usize,
  tm: i32,
  nc: usize,
): void {
  bytes = b;
  bytesEnd = be;
  capacity = cap;
  numbers = num;
  textStarts = ts;
  textLengths = tl;
  codes = co;
  identities = id;
  selects = se;
  fields = f;
  plan = p;
  planCount = pc;
  fieldCount = fc;
  tables = tab;
  tableMask = tm;
  nextCodes = nc;
  lineStart = b;
  rows = 0;
  lines = 0;
}

/** @returns whether all lines are read; otherwise the line at lineStart is doubtful */
export function readLines(): bool {
  const delimiters = i8x16.splat(<i8>delimiter);
  const printable = i8x16.splat(32);
  let field = 0;
  let controls = 0;
  let start = lineStart;
  const lastField = fieldCount;
  let block = start & ~15;
  let marks = marksOf(block, delimiters, printable) & (-1 << (<i32>(start - block)));
  while (true) {
    while (marks === 0) {
      block += 16;
      if (block >= bytesEnd) {
        lineStart = start;
        return true;
      }
      marks = marksOf(block, delimiters, printable);
    }
    const at = block + ctz(marks);
    marks &= marks - 1;
    const byte = load<u8>(at);
    if (byte === delimiter) {
      if (field < lastField) store<u32>(fields + (field << 2), <u32>at, 4);
      field++;
    } else if (byte === LINE_FEED) {
      if (at >= bytesEnd) {
        lineStart = start;
        return true;
      }
      const hasReturn = at > start && load<u8>(at - 1) === CARRIAGE_RETURN;
      const end = at - <usize>hasReturn;
      lineStart = start;
      lineEnd = at;
      if (controls > <i32>hasReturn || field !== lastField - 1 || load<u8>(start) === 0xef)
        return false;
      store<u32>(fields, <u32>(start - 1));
      store<u32>(fields + (lastField << 2), <u32>end);
      if (!readRow()) return false;
      lines++;
      start = at + 1;
      field = 0;
      controls = 0;
    } else controls++;
  }
}

/** After a doubtful line */
export function skipLine(): void {
  lineStart = lineEnd + 1;
  lines++;
}

function marksOf(block: usize, delimiters: v128, printable: v128): i32 {
  const word = v128.load(block);
  return i8x16.bitmask(v128.or(i8x16.eq(word, delimiters), i8x16.lt_u(word, printable)));
}

enum Kind {
  jobId,
  time,
  duration,
  memory,
  whole,
  decimal,
  coded,
  text,
  select,
  recordType,
}

function fieldStart(place: usize): usize {
  return load<u32>(fields + (place << 2)) + 1;
}
function fieldEnd(place: usize): usize {
  return load<u32>(fields + (place << 2), 4);
}

const SUBMIT: usize = 2,
  START: usize = 5,
  END: usize = 6,
  ELIGIBLE: usize = 4;
const PLAN_BYTES: usize = 16;

function readRow(): bool {
  const row = <usize>rows;
  const numbersOfRow = numbers + (row << 3);
  const stride = capacity << 3;
  const planEnd = plan + <usize>planCount * PLAN_BYTES;
  for (let entry = plan; entry < planEnd; entry += PLAN_BYTES) {
    const place = <usize>load<u8>(entry, 1);
    const column = <usize>load<u8>(entry, 2);
    const start = fieldStart(place);
    const end = fieldEnd(place);
    let value: f64 = 0;
    switch (<i32>load<u8>(entry)) {
      case Kind.time:
        value = readTime(start, end);
        break;
      case Kind.duration:
        value = readRoundedCount(start, end, load<f64>(entry, 8));
        break;
      case Kind.whole:
        value = readWhole(start, end);
        break;
      case Kind.decimal:
        value = readExactDecimal(start, end);
        break;
      case Kind.jobId:
        if (!readJobId(numbersOfRow, start, end)) return false;
        continue;
      default:
        unreachable();
    }
    if (value === DOUBT) return false;
    store<f64>(numbersOfRow + column * stride, value);
  }
  const submit = load<f64>(numbersOfRow + SUBMIT * stride);
  const begin = load<f64>(numbersOfRow + START * stride);
  const end = load<f64>(numbersOfRow + END * stride);
  const eligible = load<f64>(numbersOfRow + ELIGIBLE * stride);
  // Unlike it, these are false where a time is not known
  if (
    !(end >= submit) ||
    end < begin ||
    begin < submit ||
    begin === 0 ||
    eligible === 0 ||
    end < 0 ||
    end > 4291747199
  )
    return false;
  store<f64>(numbersOfRow + 22 * stride, <f64>lines);
  return readTexts(row, submit);
}

function readJobId(numbersOfRow: usize, start: usize, end: usize): bool {
  let at = start;
  let value: u64 = 0;
  while (at < end) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) break;
    value = value * 10 + digit;
    at++;
  }
  if (at === start || at - start > 15) return false;
  let index = NaN;
  if (at < end && load<u8>(at) === 91) {
    const indexStart = ++at;
    while (at < end && <u32>load<u8>(at) - 48 <= 9) at++;
    if (at === end || load<u8>(at) !== 93 || at === indexStart || at - indexStart > 15)
      return false;
    index = <f64>wholeBetween(indexStart, at);
    at++;
  }
  if (at < end && (load<u8>(at) !== 46 || at + 1 === end)) return false;
  store<f64>(numbersOfRow, <f64>value);
  store<f64>(numbersOfRow + (capacity << 3), index);
  return true;
}

export let textPlan: usize = 0;
export let textPlanCount: i32 = 0;
export function setTextPlan(p: usize, c: i32): void {
  textPlan = p;
  textPlanCount = c;
}

function readTexts(row: usize, submit: f64): bool {
  const planEnd = textPlan + <usize>textPlanCount * PLAN_BYTES;
  for (let entry = textPlan; entry < planEnd; entry += PLAN_BYTES) {
    if (load<u8>(entry, 3) !== 0) {
      const place = <usize>load<u8>(entry, 1);
      if (fieldStart(place) === fieldEnd(place)) return false;
    }
  }
  for (let entry = textPlan; entry < planEnd; entry += PLAN_BYTES) {
    const place = <usize>load<u8>(entry, 1);
    const column = <usize>load<u8>(entry, 2);
    const start = fieldStart(place);
    const length = <i32>(fieldEnd(place) - start);
    const kind = <i32>load<u8>(entry);
    if (kind === Kind.coded) {
      store<i32>(
        codes + ((column * capacity + row) << 2),
        length === 0 ? -1 : code(column, start, length),
      );
      continue;
    }
    const at = (column * capacity + row) << 2;
    store<i32>(textStarts + at, <i32>(start - bytes));
    store<i32>(textLengths + at, length === 0 ? -1 : length);
    if (kind === Kind.select) store<i32>(selects + (row << 2), code(8, start, length));
    else if (kind === Kind.jobId) identify(row, start, length, submit);
  }
  rows++;
  return true;
}

function code(column: usize, start: usize, length: i32): i32 {
  const slot = find(tables + column * <usize>(tableMask + 1) * 16, tableMask, start, length);
  const known = load<u32>(slot, 4);
  if (known !== 0) return known - 1;
  const next = load<i32>(nextCodes + (column << 2));
  store<i32>(nextCodes + (column << 2), next + 1);
  store<u32>(slot, next + 1, 4);
  store<u32>(slot, <u32>start, 8);
  store<u32>(slot, length, 12);
  return next;
}

function mixWord(hash: u32, word: u32): u32 {
  const product = (hash ^ word) * 0x9e3779b1;
  return product ^ (product >> 15);
}

function identify(row: usize, start: usize, length: i32, submit: f64): void {
  let first = mixWord(mixWord(0, <u32>(<i64>submit)), length);
  let second = first;
  const end = start + length;
  let at = start;
  for (; at < end - 4; at += 4) {
    first = mixWord(first, load<u32>(at));
    second = mixWord(second, first);
  }
  let tail: u32 = 0;
  if (length >= 4) tail = load<u32>(end - 4);
  else for (at = start; at < end; at++) tail = (tail << 8) | load<u8>(at);
  first = mixWord(first, tail);
  second = mixWord(second, first);
  store<u32>(identities + (row << 3), first);
  store<u32>(identities + (row << 3), second, 4);
}

export function countLines(from: usize, end: usize): i32 {
  const feed = i8x16.splat(10);
  let count = 0;
  for (let at = from; at < end; at += 16) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), feed)));
  }
  return count;
}
