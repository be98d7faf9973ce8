/**
 * Four characters as one 32-bit word, the first in its lowest byte, each without the bits that all digits
 * have: a digit is 0 to 9, anything else is more. Reading numbers by such words spares a loop over digits,
 * whose end a processor can't foresee.
 */
export type DigitWord = number;

export const WORD_BYTES = 4;
const ZEROS = 0x30303030;
/** Added to a byte, it sets one of the high bits unless the byte is a digit. */
const SIXES = 0x06060606;
const HIGH_BITS = 0xf0f0f0f0;
const LAST_BYTES = Int32Array.of(0, 0xff000000, 0xffff0000, 0xffffff00, 0xffffffff);

export function digitWord(view: DataView<ArrayBuffer>, at: number): DigitWord {
  return view.getInt32(at, true) ^ ZEROS;
}

export function isAllDigits(word: DigitWord): boolean {
  return ((word | (word + SIXES)) & HIGH_BITS) === 0;
}

/** The last so many digits, 0 to 4, with zeros before them. */
export function lastDigits(word: DigitWord, count: number): DigitWord {
  return word & LAST_BYTES[count];
}

/** The number that four digits are: pairs are put together first, then the two of them. */
export function numberOf(word: DigitWord): number {
  const pairs = (Math.imul(word, 10 * 256 + 1) >>> 8) & 0x00ff00ff;
  return Math.imul(pairs, 100 * 65_536 + 1) >>> 16;
}
