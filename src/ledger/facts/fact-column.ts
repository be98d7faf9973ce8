/**
 * A fact of the jobs of a segment as bytes: a head of 24 bytes, then a number for each job, as narrow as all of
 * them allow. Numbers are in the order of the machine (little-endian on every platform that we run on).
 *
 * | Byte | |
 * | --- | --- |
 * | 0 | bytes of each number: 0 (all are the same), 1, 2, 4 whole numbers, 8 floating-point |
 * | 4 | how many there are |
 * | 8 | what is added to each |
 * | 16 | what each is multiplied by, or, where negative, divided by |
 *
 * Of whole numbers the largest that the width can hold is NULL; NaN otherwise.
 */
const HEAD_BYTES = 24;
const WIDTH = 0;
const COUNT = 4;
const BASE = 8;
const UNIT = 16;

/** What numbers often are multiples of: memory is whole KiB, hours are seconds / 3600, factors have two decimals. */
const UNITS = [1, 1024, -3600, -100] as const;

/** The widths of whole numbers, and what stands for NULL among them. */
const WIDTHS = [
  { width: 1, none: 0xff },
  { width: 2, none: 0xffff },
  { width: 4, none: 0xffff_ffff },
] as const;
const WIDEST = 4;

/** How whole numbers are stored. */
interface Form {
  readonly width: number;
  readonly none: number;
  readonly base: number;
  readonly unit: number;
}

/**
 * Columns are gone through in blocks of so many numbers: what is called rarely and loops long is compiled in the
 * midst of its loop, and falls back at each end of it.
 */
const BLOCK = 1024;

/**
 * What `fact-columns.ts` of the kernel makes too, byte for byte, for a new ledger: change one and you must change the
 * other.
 * @param values NaN is NULL.
 */
export function encodeFactColumn(values: Float64Array): Uint8Array<ArrayBuffer> {
  const { min, max } = extent(values);
  if (min > max) return headed(values.length, 0, Number.NaN, 1);
  if (min === max && !values.includes(Number.NaN)) return headed(values.length, 0, min, 1);
  for (const { width, none } of WIDTHS) {
    for (const unit of UNITS) {
      const base = inUnits(min, unit);
      const span = inUnits(max, unit) - base;
      if (span >= none || ofUnits(base, unit) !== min || ofUnits(base + span, unit) !== max)
        continue;
      const bytes = headed(values.length, width, base, unit);
      if (narrow(values, { width, none, base, unit }, bytes)) return bytes;
    }
  }
  const bytes = headed(values.length, 8, 0, 1);
  new Float64Array(bytes.buffer, HEAD_BYTES, values.length).set(values);
  return bytes;
}

/**
 * @param bytes of a column; they need not be aligned.
 * @param into takes the numbers; NULL is NaN.
 * @returns how many there are.
 */
export function decodeFactColumn(bytes: Uint8Array<ArrayBuffer>, into: Float64Array): number {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const head = new DataView(buffer, byteOffset, HEAD_BYTES);
  const count = head.getUint32(COUNT, true);
  const base = head.getFloat64(BASE, true);
  const unit = head.getFloat64(UNIT, true);
  const width = head.getUint8(WIDTH);
  const at = byteOffset + HEAD_BYTES;
  if (width === 0) into.fill(base, 0, count);
  else if (width === 1) widenBytes(new Uint8Array(buffer, at, count), base, unit, into);
  else if (width === 2) widenShorts(new Uint16Array(buffer, at, count), base, unit, into);
  else if (width === 4) widenWords(new Uint32Array(buffer, at, count), base, unit, into);
  else into.set(new Float64Array(buffer, at, count));
  return count;
}

/** The bytes of a column with its head, the numbers still 0. */
function headed(count: number, width: number, base: number, unit: number): Uint8Array<ArrayBuffer> {
  const length = HEAD_BYTES + count * width;
  // Numbers of any width are written as widest ones, so there is room behind the last.
  const bytes = new Uint8Array(new ArrayBuffer(length + WIDEST), 0, length);
  const head = new DataView(bytes.buffer);
  head.setUint8(WIDTH, width);
  head.setUint32(COUNT, count, true);
  head.setFloat64(BASE, base, true);
  head.setFloat64(UNIT, unit, true);
  return bytes;
}

function extent(values: Float64Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let from = 0; from < values.length; from += BLOCK) {
    const block = blockExtent(values, from, Math.min(from + BLOCK, values.length));
    if (block.min < min) min = block.min;
    if (block.max > max) max = block.max;
  }
  return { min, max };
}

function blockExtent(values: Float64Array, from: number, to: number): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** The number of units that is nearest to a value. */
function inUnits(value: number, unit: number): number {
  return unit > 0 ? Math.round(value / unit) : Math.round(value * -unit);
}

function ofUnits(units: number, unit: number): number {
  return unit > 0 ? units * unit : units / -unit;
}

/** @returns whether all values come out as they went in. */
function narrow(values: Float64Array, form: Form, into: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(into.buffer, HEAD_BYTES);
  const narrowBlock = form.unit > 0 ? narrowMultiples : narrowQuotients;
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, values.length);
    if (!narrowBlock(values, from, to, form, view)) return false;
  }
  return true;
}

// Each number is written as one of four bytes, and the next one over those of them that it has too many. So there
// is one loop for all widths, which each kind of array would make slower.

function narrowMultiples(
  values: Float64Array,
  from: number,
  to: number,
  { width, none, base, unit }: Form,
  into: DataView,
): boolean {
  const unitsOfOne = 1 / unit;
  let at = from * width;
  for (let i = from; i < to; i++) {
    const value = values[i];
    const units = (value * unitsOfOne - base) >>> 0;
    if ((units + base) * unit === value) into.setUint32(at, units, true);
    else if (Number.isNaN(value)) into.setUint32(at, none, true);
    else return false;
    at += width;
  }
  return true;
}

function narrowQuotients(
  values: Float64Array,
  from: number,
  to: number,
  { width, none, base, unit }: Form,
  into: DataView,
): boolean {
  const divisor = -unit;
  let at = from * width;
  for (let i = from; i < to; i++) {
    const value = values[i];
    const units = (value * divisor - base + 0.5) >>> 0;
    if ((units + base) / divisor === value) into.setUint32(at, units, true);
    else if (Number.isNaN(value)) into.setUint32(at, none, true);
    else return false;
    at += width;
  }
  return true;
}

/** Few different numbers, so each is worked out once. */
function widenBytes(numbers: Uint8Array, base: number, unit: number, into: Float64Array): void {
  const known = new Float64Array(WIDTHS[0].none + 1);
  for (let number = 0; number < WIDTHS[0].none; number++) {
    known[number] = unit > 0 ? (number + base) * unit : (number + base) / -unit;
  }
  known[WIDTHS[0].none] = Number.NaN;
  for (let i = 0; i < numbers.length; i++) into[i] = known[numbers[i]];
}

// The same loop for each kind of array, as one for all of them takes several times as long.

function widenShorts(numbers: Uint16Array, base: number, unit: number, into: Float64Array): void {
  const { none } = WIDTHS[1];
  const [factor, divisor] = unit > 0 ? [unit, 1] : [1, -unit];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    into[i] = number === none ? Number.NaN : ((number + base) * factor) / divisor;
  }
}

function widenWords(numbers: Uint32Array, base: number, unit: number, into: Float64Array): void {
  const { none } = WIDTHS[2];
  const [factor, divisor] = unit > 0 ? [unit, 1] : [1, -unit];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    into[i] = number === none ? Number.NaN : ((number + base) * factor) / divisor;
  }
}
