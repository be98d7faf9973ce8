import { digitsBefore, isAllDigits, numberOf, WORD_BYTES } from './words';

/** What stands for a number that is left to the reader in JavaScript, which knows all forms. */
export const DOUBT: f64 = Infinity;

const POINT: u8 = 46;
const ZERO: u8 = 48;
const MOST_SAFE: f64 = 9007199254740991;
/** Up to here whole numbers, and by that digits of a decimal number, are exact as a double. */
const EXACT: u64 = 1 << 53;
/** More than reading a number and multiplying it can be off by, of the product. */
const PRODUCT_ERROR: f64 = 1.0 / 281474976710656.0;
const MOST_WHOLE_DIGITS: i32 = 15;
/** Of a number before its point: with eight digits behind it, it still fits 64 bits. */
const MOST_DIGITS_BEFORE_POINT: i32 = 11;
/** Ten to this power is exact as a double, and five to this power has 52 bits. */
const MOST_DECIMALS: i32 = 22;
const EIGHT_DIGITS: u64 = 100000000;
/** With eight more digits behind it, a number up to here fits 64 bits. */
const MOST_ABOVE_EIGHT: u64 = 184467440736;

const POWERS_OF_TEN = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]);
const WHOLE_POWERS_OF_TEN = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
]);
const POWERS_OF_FIVE = memory.data<u64>([
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125,
  6103515625, 30517578125, 152587890625, 762939453125, 3814697265625, 19073486328125,
  95367431640625, 476837158203125, 2384185791015625,
]);

/** @returns the whole number at [start, end), of 1 to 15 digits; -1 where it is none. */
export function readDigits(start: usize, end: usize): i64 {
  const count = <i32>(end - start);
  if (count <= WORD_BYTES) {
    if (count === 0) return -1;
    const word = digitsBefore(end, count);
    return isAllDigits(word) ? <i64>numberOf(word) : -1;
  }
  if (count > MOST_WHOLE_DIGITS) return -1;
  const low = digitsBefore(end, WORD_BYTES);
  const high = digitsBefore(end - WORD_BYTES, count - WORD_BYTES);
  if (!isAllDigits(low) || !isAllDigits(high)) return -1;
  return <i64>(numberOf(high) * EIGHT_DIGITS + numberOf(low));
}

/** Reads a whole number, also where it is printed with an empty fraction (`128.0`); NaN where it is empty. */
export function readWhole(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  const fraction = end - start > 2 && load<u8>(end - 1) === ZERO && load<u8>(end - 2) === POINT;
  const value = readDigits(start, fraction ? end - 2 : end);
  return value < 0 ? DOUBT : <f64>value;
}

/**
 * Reads a decimal count of some unit as whole smaller ones, rounded as the number that is written there; NaN
 * where it is empty. What is so near to the middle between two whole numbers that an error might decide is
 * left in doubt.
 */
export function readRoundedCount(start: usize, end: usize, perUnit: f64): f64 {
  if (start === end) return NaN;
  if (!readDecimal(start, end)) return DOUBT;
  const product = (<f64>digits / powerOfTen(decimals)) * perUnit;
  const rounded = floor(product + 0.5);
  if (abs(product - rounded) >= 0.5 - product * PRODUCT_ERROR) return DOUBT;
  return rounded > MOST_SAFE ? DOUBT : rounded;
}

/** Reads a decimal number, exact to the last bit; NaN where it is empty. */
export function readExactDecimal(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  if (!readDecimal(start, end)) return DOUBT;
  // Both are exact, and so is their quotient as far as a double can be.
  if (digits <= EXACT) return <f64>digits / powerOfTen(decimals);
  return longQuotient();
}

/** The decimal number that was read last: its digits without the point, and how many of them stand behind it. */
let digits: u64 = 0;
let decimals: i32 = 0;

/** @returns whether a number of digits and at most a point stands there, whose digits fit 64 bits. */
function readDecimal(start: usize, end: usize): bool {
  let at = start;
  let whole: u64 = 0;
  while (at < end) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) break;
    whole = whole * 10 + digit;
    at++;
  }
  const before = <i32>(at - start);
  if (before === 0 || before > MOST_DIGITS_BEFORE_POINT) return false;
  if (at === end) {
    digits = whole;
    decimals = 0;
    return true;
  }
  decimals = <i32>(end - at) - 1;
  return (
    load<u8>(at) === POINT && decimals <= MOST_DECIMALS && appendFraction(whole, end, decimals)
  );
}

/** Sets `digits` to those before the point with those behind it. */
function appendFraction(whole: u64, end: usize, count: i32): bool {
  if (count <= WORD_BYTES) {
    if (count === 0) {
      digits = whole;
      return true;
    }
    const word = digitsBefore(end, count);
    digits = whole * wholePowerOfTen(count) + numberOf(word);
    return isAllDigits(word);
  }
  if (!appendFraction(whole, end - WORD_BYTES, count - WORD_BYTES)) return false;
  const word = digitsBefore(end, WORD_BYTES);
  if (!isAllDigits(word) || digits > MOST_ABOVE_EIGHT - 1) return false;
  digits = digits * EIGHT_DIGITS + numberOf(word);
  return true;
}

/**
 * The number that was read last, rounded to the nearest double, by long division. Ten to its power is five to it
 * by two to it, of which only the first must be divided by.
 */
function longQuotient(): f64 {
  const divisor = load<u64>(POWERS_OF_FIVE + ((<usize>decimals) << 3));
  let shift = clz(digits);
  const dividend = digits << shift;
  let quotient = dividend / divisor;
  let rest = dividend % divisor;
  // Two bits more than a double has: one to round by, and one for all behind it.
  while (clz(quotient) > 9) {
    const more = min<u64>(11, clz(quotient));
    rest <<= more;
    quotient = (quotient << more) | (rest / divisor);
    rest %= divisor;
    shift += more;
  }
  if (rest !== 0) quotient |= 1;
  const exponent = -(<i64>(shift + decimals));
  return <f64>quotient * reinterpret<f64>((1023 + exponent) << 52);
}

function powerOfTen(exponent: i32): f64 {
  return load<f64>(POWERS_OF_TEN + ((<usize>exponent) << 3));
}

function wholePowerOfTen(exponent: i32): u64 {
  return load<u64>(WHOLE_POWERS_OF_TEN + ((<usize>exponent) << 3));
}
