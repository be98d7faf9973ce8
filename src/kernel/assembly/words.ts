export const WORD_BYTES: i32 = 8;

const ZEROS: u64 = 0x3030303030303030;
/** Added to a byte, it sets one of the high bits unless the byte is a digit. */
const SIXES: u64 = 0x0606060606060606;
const HIGH_BITS: u64 = 0xf0f0f0f0f0f0f0f0;

/**
 * The last so many characters before an address, 1 to 8 of them, the last in the highest byte, each without the
 * bits that all digits have: a digit is 0 to 9, anything else is more. Below them stand zeros.
 */
export function digitsBefore(end: usize, count: i32): u64 {
  return (load<u64>(end - WORD_BYTES) ^ ZEROS) & (u64.MAX_VALUE << ((WORD_BYTES - count) << 3));
}

export function isAllDigits(word: u64): bool {
  return ((word | (word + SIXES)) & HIGH_BITS) === 0;
}

/** How many of the eight characters from here on are digits, before the first that is none. */
export function digitCount(start: usize): i32 {
  const word = load<u64>(start) ^ ZEROS;
  // A carry goes upwards alone, out of a byte that is no digit.
  return <i32>(ctz((word | (word + SIXES)) & HIGH_BITS) >> 3);
}

/** The number that eight digits are: put together by pairs, then these by pairs, then the two of them. */
export function numberOf(word: u64): u64 {
  const pairs = word * 10 + (word >> 8);
  const upper = (pairs & 0x000000ff000000ff) * (100 + (1000000 << 32));
  const lower = ((pairs >> 16) & 0x000000ff000000ff) * (1 + (10000 << 32));
  return (upper + lower) >> 32;
}

/** The bytes of a text of 1 to 8 as a word, zeros above them. There must be bytes to read behind it. */
export function shortWord(start: usize, length: i32): u64 {
  return load<u64>(start) & (u64.MAX_VALUE >> ((WORD_BYTES - length) << 3));
}
