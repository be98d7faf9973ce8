import { digitCount, digitsBefore, isAllDigits, numberOf, WORD_BYTES } from '../words';

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
/** Ten to this power is exact as a double, and five to this power has 52 bits. */
const MOST_DECIMALS: i32 = 22;
const EIGHT_DIGITS: u64 = 100000000;
/** With eight more digits behind it, a number below it fits 63 bits, which are converted faster than 64. */
const MOST_ABOVE_EIGHT: u64 = 92233720367;

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
  const product = (<f64>(<i64>digits) / powerOfTen(decimals)) * perUnit;
  const rounded = floor(product + 0.5);
  if (abs(product - rounded) >= 0.5 - product * PRODUCT_ERROR) return DOUBT;
  return rounded > MOST_SAFE ? DOUBT : rounded;
}

/** Reads a decimal number, exact to the last bit; NaN where it is empty. */
export function readExactDecimal(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  if (!readDecimal(start, end)) return DOUBT;
  // Both are exact, and so is their quotient as far as a double can be.
  if (digits <= EXACT) return <f64>(<i64>digits) / powerOfTen(decimals);
  return longQuotient();
}

/** The decimal number that was read last: its digits without the point, and how many of them stand behind it. */
let digits: u64 = 0;
let decimals: i32 = 0;

/**
 * @returns whether a number of digits and at most a point stands there, up to eight digits before the point and so
 * many behind it that all of them fit 64 bits.
 */
function readDecimal(start: usize, end: usize): bool {
  const length = <i32>(end - start);
  const before = min(digitCount(start), length);
  if (before === 0) return false;
  const whole = numberOf(digitsBefore(start + before, before));
  if (before === length) {
    digits = whole;
    decimals = 0;
    return true;
  }
  decimals = length - before - 1;
  if (load<u8>(start + before) !== POINT || decimals > MOST_DECIMALS) return false;
  if (decimals <= WORD_BYTES) {
    const word = decimals === 0 ? 0 : digitsBefore(end, decimals);
    digits = whole * wholePowerOfTen(decimals) + numberOf(word);
    return isAllDigits(word);
  }
  const low = digitsBefore(end, WORD_BYTES);
  const above = end - WORD_BYTES;
  const rest = decimals - WORD_BYTES;
  if (rest <= WORD_BYTES) {
    const high = digitsBefore(above, rest);
    digits = whole * wholePowerOfTen(rest) + numberOf(high);
    if (!isAllDigits(high)) return false;
  } else {
    const middle = digitsBefore(above, WORD_BYTES);
    const high = digitsBefore(above - WORD_BYTES, rest - WORD_BYTES);
    const top = whole * wholePowerOfTen(rest - WORD_BYTES) + numberOf(high);
    digits = top * EIGHT_DIGITS + numberOf(middle);
    if (!isAllDigits(middle) || !isAllDigits(high) || top >= MOST_ABOVE_EIGHT) return false;
  }
  if (!isAllDigits(low) || digits >= MOST_ABOVE_EIGHT) return false;
  digits = digits * EIGHT_DIGITS + numberOf(low);
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
  let rest = dividend - quotient * divisor;
  // Two bits more than a double has: one to round by, and one for all behind it.
  while (clz(quotient) > 9) {
    const more = min<u64>(11, clz(quotient));
    rest <<= more;
    const next = rest / divisor;
    quotient = (quotient << more) | next;
    rest -= next * divisor;
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
