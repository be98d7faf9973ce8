import { digitWord, isAllDigits, lastDigits, numberOf, WORD_BYTES } from './digit-word.ts';
import { MALFORMED } from './malformed.ts';

const POINT = 46;
const ZERO = 48;
const NINE = 57;
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
/** A sum of more digits than this is no longer a whole number that a double holds. */
const EXACT_DIGITS = 15;
const ANY_DECIMAL = /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/;

/**
 * Reads a decimal number such as `3.256111111111111`, as Python prints it.
 * Exact to 15 significant digits; beyond, its last bits may be wrong. What is to be rounded is read by
 * `readRoundedCount`, which knows of that.
 * @returns NaN where the field is empty, MALFORMED where it is no number.
 */
export function readDecimal(view: DataView<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  let digits = 0;
  let at = start;
  for (; at < end; at++) {
    const byte = view.getUint8(at);
    if (byte < ZERO || byte > NINE) break;
    digits = digits * 10 + (byte - ZERO);
  }
  if (at === end) return digits;
  const decimals = end - at - 1;
  const plain =
    at > start &&
    view.getUint8(at) === POINT &&
    decimals < POWERS_OF_TEN.length &&
    end >= WORD_BYTES;
  if (!plain) return readAnyDecimal(view, start, end);
  for (at++; at + WORD_BYTES <= end; at += WORD_BYTES) {
    const word = digitWord(view, at);
    if (!isAllDigits(word)) return readAnyDecimal(view, start, end);
    digits = digits * POWERS_OF_TEN[WORD_BYTES] + numberOf(word);
  }
  const rest = lastDigits(digitWord(view, end - WORD_BYTES), end - at);
  if (!isAllDigits(rest)) return readAnyDecimal(view, start, end);
  return (digits * POWERS_OF_TEN[end - at] + numberOf(rest)) / POWERS_OF_TEN[decimals];
}

/** The same, exact to the last bit, for numbers that are kept as they are. */
export function readExactDecimal(view: DataView<ArrayBuffer>, start: number, end: number): number {
  // Up to here digits and power of ten are exact, and so is their quotient as far as a double can be.
  const short = end - start <= EXACT_DIGITS + 1;
  return short ? readDecimal(view, start, end) : readAnyDecimal(view, start, end);
}

function readAnyDecimal(view: DataView<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  const text = Buffer.from(view.buffer, view.byteOffset + start, end - start).toString('latin1');
  return ANY_DECIMAL.test(text) ? Number(text) : MALFORMED;
}

/**
 * Reads a whole number of zero or more, also where it is printed with an empty fraction (`128.0`).
 * @returns NaN where the field is empty, MALFORMED where it is not a whole number.
 */
export function readWhole(view: DataView<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  if (end - start <= WORD_BYTES && end >= WORD_BYTES) {
    const word = lastDigits(digitWord(view, end - WORD_BYTES), end - start);
    if (isAllDigits(word)) return numberOf(word);
  }
  let value = 0;
  for (let i = start; i < end; i++) {
    const byte = view.getUint8(i);
    if (byte < ZERO || byte > NINE || i - start >= EXACT_DIGITS) {
      const decimal = readExactDecimal(view, start, end);
      return Number.isSafeInteger(decimal) && decimal >= 0 ? decimal : MALFORMED;
    }
    value = value * 10 + (byte - ZERO);
  }
  return value;
}
