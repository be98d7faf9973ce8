/** What stands where no number could be read: the row is left to the reader that knows all forms. */
export const DOUBT: f64 = Infinity;

const ZEROS: u64 = 0x3030303030303030;
const SIXES: u64 = 0x0606060606060606;
const HIGH_BITS: u64 = 0xf0f0f0f0f0f0f0f0;
const WORD_BYTES: i32 = 8;
const POINT: u32 = 46;
const MOST_SAFE: f64 = 9007199254740991;
const MOST_DIGITS: i32 = 18;
/** More than reading a number and multiplying it can be off by, of the product. */
const PRODUCT_ERROR: f64 = 1.0 / 281474976710656.0;

const POWERS_OF_TEN = memory.data<f64>([
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]);
const WHOLE_POWERS = memory.data<u64>([
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
]);

export function powerOfTen(exponent: i32): f64 {
  return load<f64>(POWERS_OF_TEN + (exponent << 3));
}

/** Up to eight characters that end here as a word of digits, zeros before them. */
export function digitsBefore(end: usize, count: i32): u64 {
  if (count === 0) return 0;
  return (load<u64>(end - WORD_BYTES) ^ ZEROS) & (u64.MAX_VALUE << ((WORD_BYTES - count) << 3));
}

export function isAllDigits(word: u64): bool {
  return ((word | (word + SIXES)) & HIGH_BITS) === 0;
}

export function numberOf(word: u64): u64 {
  const value = word * 10 + (word >> 8);
  const first = (value & 0x000000ff000000ff) * (100 + (1000000 << 32));
  const second = ((value >> 16) & 0x000000ff000000ff) * (1 + (10000 << 32));
  return (first + second) >> 32;
}

/** A whole number of so many digits at most; negative where it is none. */
export function wholeBetween(start: usize, end: usize): i64 {
  let count = <i32>(end - start);
  if (count <= WORD_BYTES) {
    const word = digitsBefore(end, count);
    return isAllDigits(word) ? <i64>numberOf(word) : -1;
  }
  if (count > MOST_DIGITS) return -1;
  let value: u64 = 0;
  let last = end;
  let scale: u64 = 1;
  while (count > 0) {
    const digits = min(count, WORD_BYTES);
    const word = digitsBefore(last, digits);
    if (!isAllDigits(word)) return -1;
    value += numberOf(word) * scale;
    scale *= 100000000;
    last -= WORD_BYTES;
    count -= WORD_BYTES;
  }
  return <i64>value;
}

export function readWhole(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  const value = wholeBetween(start, end);
  return value < 0 || value > 999999999999999 ? DOUBT : <f64>value;
}

/** The decimal number that was read last is its digits, a whole number, by this power of ten. */
let digits: u64 = 0;
let decimals: i32 = 0;

const LONGEST: i32 = 26;
const MOST_DECIMALS: i32 = 22;
const MOST_SIGNIFICANT: i32 = 19;

/** @returns whether it is one of digits and a point, few enough for 64 bits. */
function readDigits(start: usize, end: usize): bool {
  if (<i32>(end - start) > LONGEST) return false;
  let at = start;
  let whole: u64 = 0;
  while (at < end) {
    const digit = <u32>load<u8>(at) - 48;
    if (digit > 9) break;
    whole = whole * 10 + digit;
    at++;
  }
  const count = <i32>(at - start);
  if (count === 0 || count > MOST_SIGNIFICANT - 1) return false;
  if (at === end) {
    digits = whole;
    decimals = 0;
    return true;
  }
  if (load<u8>(at) !== POINT) return false;
  const fraction = <i32>(end - at) - 1;
  decimals = fraction;
  if (fraction <= WORD_BYTES) {
    const word = digitsBefore(end, fraction);
    if (!isAllDigits(word) || count > MOST_SIGNIFICANT - WORD_BYTES) return false;
    digits = whole * load<u64>(WHOLE_POWERS + (fraction << 3)) + numberOf(word);
    return true;
  }
  const low = digitsBefore(end, WORD_BYTES);
  if (!isAllDigits(low)) return false;
  if (fraction <= 2 * WORD_BYTES) {
    const high = digitsBefore(end - WORD_BYTES, fraction - WORD_BYTES);
    if (!isAllDigits(high)) return false;
    const above = whole * load<u64>(WHOLE_POWERS + ((fraction - WORD_BYTES) << 3)) + numberOf(high);
    digits = above * E8 + numberOf(low);
    return above < MOST_ABOVE;
  }
  if (fraction > MOST_DECIMALS) return false;
  const middle = digitsBefore(end - WORD_BYTES, WORD_BYTES);
  const high = digitsBefore(end - 2 * WORD_BYTES, fraction - 2 * WORD_BYTES);
  if (!isAllDigits(middle) || !isAllDigits(high)) return false;
  const top = whole * load<u64>(WHOLE_POWERS + ((fraction - 2 * WORD_BYTES) << 3)) + numberOf(high);
  const above = top * E8 + numberOf(middle);
  digits = above * E8 + numberOf(low);
  return top < E8 && above < MOST_ABOVE;
}

const E8: u64 = 100000000;
/** Above eight more digits, so that all fit 64 bits. */
const MOST_ABOVE: u64 = 184467440737;

export function readRoundedCount(start: usize, end: usize, perUnit: f64): f64 {
  if (start === end) return NaN;
  if (!readDigits(start, end)) return DOUBT;
  const product = (<f64>digits / powerOfTen(decimals)) * perUnit;
  const rounded = floor(product + 0.5);
  if (abs(product - rounded) >= 0.5 - product * PRODUCT_ERROR) return DOUBT;
  return rounded > MOST_SAFE ? DOUBT : rounded;
}

const POWERS_OF_FIVE = memory.data<u64>([
  1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125,
  6103515625, 30517578125, 152587890625, 762939453125, 3814697265625, 19073486328125,
  95367431640625, 476837158203125, 2384185791015625,
]);
const EXACT: u64 = 1 << 53;

export function readExactDecimal(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  if (!readDigits(start, end)) return DOUBT;
  if (digits <= EXACT) return <f64>digits / powerOfTen(decimals);
  return quotient(digits, decimals);
}

/** digits / 10^decimals, rounded to the nearest, by long division. */
function quotient(digits: u64, decimals: i32): f64 {
  const divisor = load<u64>(POWERS_OF_FIVE + (decimals << 3));
  let shift = <i32>clz(digits);
  let rest = digits << shift;
  let result = rest / divisor;
  rest %= divisor;
  // The divisor has 52 bits at most, so the rest has room for 11 more
  while (result >> 54 === 0) {
    rest <<= 11;
    result = (result << 11) | (rest / divisor);
    rest %= divisor;
    shift += 11;
  }
  // Of more bits than a double has, only the last one matters that tells whether anything is behind them
  if (rest !== 0) result |= 1;
  return scaled(result, -(shift + decimals));
}

/** value * 2^exponent; value 55 to 64 bits with a sticky last one: converted as a whole it rounds to nearest. */
function scaled(value: u64, exponent: i32): f64 {
  return <f64>value * reinterpret<f64>((<u64>(1023 + exponent)) << 52);
}
