import { makeRoom } from '../memory-room';

/** Of a column, all as `fact-column.ts` of the ledger has it: change one and you must change the other. */
const HEAD_BYTES: usize = 24;
const COUNT: usize = 4;
const BASE: usize = 8;
const UNIT: usize = 16;
const UNITS: i32 = 4;
const WIDEST: i32 = 4;

/** Of the column that was encoded last. */
export let leastFact: f64 = Infinity;
export let greatestFact: f64 = -Infinity;
let hasNull: bool = false;

/**
 * Makes a column of facts as narrow as it can be.
 * @param values doubles; NaN is NULL.
 * @param into where it is written to, with nothing behind it: the memory grows if need be.
 * @returns how many bytes it is.
 */
export function encodeFacts(values: usize, count: i32, into: usize): usize {
  makeRoom(into + HEAD_BYTES + ((<usize>count) << 3));
  findExtent(values, count);
  const least = leastFact;
  const greatest = greatestFact;
  if (least > greatest) return writeHead(into, count, 0, NaN, 1);
  if (least === greatest && !hasNull) return writeHead(into, count, 0, least, 1);
  for (let width = 1; width <= WIDEST; width <<= 1) {
    for (let i = 0; i < UNITS; i++) {
      const unit = unitOf(i);
      const base = inUnits(least, unit);
      const span = inUnits(greatest, unit) - base;
      if (span >= <f64>noneOf(width)) continue;
      if (ofUnits(base, unit) !== least || ofUnits(base + span, unit) !== greatest) continue;
      if (narrow(values, count, width, base, unit, into + HEAD_BYTES))
        return writeHead(into, count, width, base, unit);
    }
  }
  memory.copy(into + HEAD_BYTES, values, (<usize>count) << 3);
  return writeHead(into, count, 8, 0, 1);
}

/**
 * Gives the numbers of a column back as doubles.
 * @returns how many bytes the column is.
 */
export function decodeFacts(column: usize, into: usize): usize {
  const width = <i32>load<u8>(column);
  const count = load<i32>(column, COUNT);
  const base = load<f64>(column, BASE);
  const unit = load<f64>(column, UNIT);
  const numbers = column + HEAD_BYTES;
  if (width === 8) memory.copy(into, numbers, (<usize>count) << 3);
  else if (width === 0) fill(into, count, base);
  else widen(numbers, count, width, base, unit, into);
  return HEAD_BYTES + <usize>(count * width);
}

/** @returns the bytes of the whole column. */
function writeHead(into: usize, count: i32, width: i32, base: f64, unit: f64): usize {
  store<u32>(into, width);
  store<u32>(into, count, COUNT);
  store<f64>(into, base, BASE);
  store<f64>(into, unit, UNIT);
  return HEAD_BYTES + <usize>(count * width);
}

/** What numbers are tried to be multiples of; negative: what they are tried to be divided by. */
function unitOf(i: i32): f64 {
  if (i === 0) return 1;
  if (i === 1) return 1024;
  return i === 2 ? -3600 : -100;
}

/** What stands for NULL among numbers of so many bytes. */
function noneOf(width: i32): u32 {
  return 0xffffffff >> (32 - (width << 3));
}

function findExtent(values: usize, count: i32): void {
  let least = f64x2.splat(Infinity);
  let greatest = f64x2.splat(-Infinity);
  let nulls = i64x2.splat(0);
  const end = values + ((<usize>count) << 3);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const two = v128.load(at);
    // Neither takes what is no number.
    least = f64x2.pmin(least, two);
    greatest = f64x2.pmax(greatest, two);
    nulls = v128.or(nulls, f64x2.ne(two, two));
  }
  if (at < end) {
    const last = v128.load64_splat(at);
    least = f64x2.pmin(least, last);
    greatest = f64x2.pmax(greatest, last);
    nulls = v128.or(nulls, f64x2.ne(last, last));
  }
  const least1 = f64x2.extract_lane(least, 1);
  const greatest1 = f64x2.extract_lane(greatest, 1);
  leastFact = f64x2.extract_lane(least, 0);
  greatestFact = f64x2.extract_lane(greatest, 0);
  if (least1 < leastFact) leastFact = least1;
  if (greatest1 > greatestFact) greatestFact = greatest1;
  hasNull = v128.any_true(nulls);
}

/** The number of units that is nearest to a value. */
function inUnits(value: f64, unit: f64): f64 {
  return Math.round(unit > 0 ? value / unit : value * -unit);
}

function ofUnits(units: f64, unit: f64): f64 {
  return unit > 0 ? units * unit : units / -unit;
}

/** @returns whether all values come out as they went in. */
function narrow(values: usize, count: i32, width: i32, base: f64, unit: f64, into: usize): bool {
  const none = noneOf(width);
  const half: f64 = unit > 0 ? 0 : 0.5;
  const factor = unit > 0 ? 1 / unit : -unit;
  const factors = f64x2.splat(factor);
  const bases = f64x2.splat(base);
  const halves = f64x2.splat(half);
  const units = f64x2.splat(unit > 0 ? unit : -unit);
  const isMultiple = unit > 0;
  const nones = i32x4.splat(none);
  let at = values;
  const fours = values + ((<usize>(count & ~3)) << 3);
  const bytes = <usize>(width << 2);
  for (; at < fours; at += 32) {
    const one = v128.load(at);
    const two = v128.load(at, 16);
    const oneUnits = numbersOf(one, factors, bases, halves);
    const twoUnits = numbersOf(two, factors, bases, halves);
    let oneBack = f64x2.add(f64x2.convert_low_i32x4_u(oneUnits), bases);
    let twoBack = f64x2.add(f64x2.convert_low_i32x4_u(twoUnits), bases);
    if (isMultiple) {
      oneBack = f64x2.mul(oneBack, units);
      twoBack = f64x2.mul(twoBack, units);
    } else {
      oneBack = f64x2.div(oneBack, units);
      twoBack = f64x2.div(twoBack, units);
    }
    const oneNull = f64x2.ne(one, one);
    const twoNull = f64x2.ne(two, two);
    const same = v128.and(
      v128.or(f64x2.eq(oneBack, one), oneNull),
      v128.or(f64x2.eq(twoBack, two), twoNull),
    );
    if (!i64x2.all_true(same)) return false;
    const four = v128.bitselect(
      nones,
      v128.shuffle<i32>(oneUnits, twoUnits, 0, 1, 4, 5),
      v128.shuffle<i32>(oneNull, twoNull, 0, 2, 4, 6),
    );
    storeFour(into, width, four);
    into += bytes;
  }
  const end = values + ((<usize>count) << 3);
  for (; at < end; at += 8) {
    const value = load<f64>(at);
    let number = <u32>(value * factor - base + half);
    const back = <f64>number + base;
    if (f64.ne(value, value)) number = none;
    else if ((isMultiple ? back * unit : back / -unit) !== value) return false;
    storeNumber(into, width, number);
    into += <usize>width;
  }
  return true;
}

function numbersOf(two: v128, factors: v128, bases: v128, halves: v128): v128 {
  const units = f64x2.sub(f64x2.mul(two, factors), bases);
  return i32x4.trunc_sat_f64x2_u_zero(f64x2.add(units, halves));
}

function storeFour(into: usize, width: i32, four: v128): void {
  if (width === WIDEST) {
    v128.store(into, four);
    return;
  }
  const shorts = i16x8.narrow_i32x4_u(four, four);
  if (width === 2) v128.store64_lane(into, shorts, 0);
  else v128.store32_lane(into, i8x16.narrow_i16x8_u(shorts, shorts), 0);
}

function storeNumber(into: usize, width: i32, number: u32): void {
  if (width === 1) store<u8>(into, <u8>number);
  else if (width === 2) store<u16>(into, <u16>number);
  else store<u32>(into, number);
}

function widen(numbers: usize, count: i32, width: i32, base: f64, unit: f64, into: usize): void {
  const none = noneOf(width);
  const factor = unit > 0 ? unit : 1;
  const divisor = unit > 0 ? 1 : -unit;
  const isQuotient = unit < 0;
  const bases = f64x2.splat(base);
  const factors = f64x2.splat(factor);
  const divisors = f64x2.splat(divisor);
  const nones = i32x4.splat(none);
  const nulls = f64x2.splat(NaN);
  let at = numbers;
  const bytes = <usize>(width << 2);
  const fours = into + ((<usize>(count & ~3)) << 3);
  const end = into + ((<usize>count) << 3);
  for (; into < fours; into += 32) {
    const four = loadFour(at, width);
    at += bytes;
    const isNull = i32x4.eq(four, nones);
    let one = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(four), bases), factors);
    const high = v128.shuffle<i64>(four, four, 1, 0);
    let two = f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(high), bases), factors);
    if (isQuotient) {
      one = f64x2.div(one, divisors);
      two = f64x2.div(two, divisors);
    }
    v128.store(into, v128.bitselect(nulls, one, i64x2.extend_low_i32x4_s(isNull)));
    v128.store(into, v128.bitselect(nulls, two, i64x2.extend_high_i32x4_s(isNull)), 16);
  }
  for (; into < end; into += 8) {
    const number = loadNumber(at, width);
    at += <usize>width;
    store<f64>(into, number === none ? NaN : ((<f64>number + base) * factor) / divisor);
  }
}

function loadFour(at: usize, width: i32): v128 {
  if (width === WIDEST) return v128.load(at);
  if (width === 2) return v128.load16x4_u(at);
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

function loadNumber(at: usize, width: i32): u32 {
  if (width === 1) return <u32>load<u8>(at);
  return width === 2 ? <u32>load<u16>(at) : load<u32>(at);
}

function fill(into: usize, count: i32, value: f64): void {
  const end = into + ((<usize>count) << 3);
  for (; into < end; into += 8) store<f64>(into, value);
}
