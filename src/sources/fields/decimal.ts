import { MALFORMED } from './malformed.ts';

const POINT = 46;
const ZERO = 48;
const NINE = 57;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** A sum of more digits than this is no longer a whole number that a double holds. */
const EXACT_DIGITS = 15;
const ANY_DECIMAL = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/;

/**
 * Reads a decimal number such as `3.256111111111111`, as Python prints it.
 * Exact to 15 significant digits and within two units in the last place beyond, which is enough for what is
 * rounded to whole seconds or bytes.
 * @returns NaN where the field is empty, MALFORMED where it is no number.
 */
export function readDecimal(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  let digits = 0;
  let pointAt = -1;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte >= ZERO && byte <= NINE) digits = digits * 10 + (byte - ZERO);
    else if (byte === POINT && pointAt === -1 && i > start) pointAt = i;
    else return readAnyDecimal(bytes, start, end);
  }
  if (start === end) return Number.NaN;
  if (pointAt === -1) return digits;
  const decimals = end - pointAt - 1;
  if (decimals >= POWERS_OF_TEN.length) return readAnyDecimal(bytes, start, end);
  return digits / POWERS_OF_TEN[decimals];
}

/** The same, exact to the last bit, for numbers that are kept as they are. */
export function readExactDecimal(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
): number {
  // Up to here digits and power of ten are exact, and so is their quotient as far as a double can be.
  const short = end - start <= EXACT_DIGITS + 1;
  return short ? readDecimal(bytes, start, end) : readAnyDecimal(bytes, start, end);
}

function readAnyDecimal(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  return ANY_DECIMAL.test(text) ? Number(text) : MALFORMED;
}

/**
 * Reads a whole number of zero or more, also where it is printed with an empty fraction (`128.0`).
 * @returns NaN where the field is empty, MALFORMED where it is not a whole number.
 */
export function readWhole(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte < ZERO || byte > NINE || i - start >= EXACT_DIGITS) {
      const decimal = readExactDecimal(bytes, start, end);
      return Number.isSafeInteger(decimal) && decimal >= 0 ? decimal : MALFORMED;
    }
    value = value * 10 + (byte - ZERO);
  }
  return value;
}
