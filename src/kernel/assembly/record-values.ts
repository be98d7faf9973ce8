import { varintLength, writeVarint } from './varints';

/** Serial types of SQLite's file format, section 2.1: of whole numbers by how many zero bits they begin with. */
const INTEGER_TYPES = memory.data<u8>([
  6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
  4, 4, 4, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1,
]);
const NULL_TYPE: i32 = 0;
const REAL_TYPE: i32 = 7;
const ZERO_TYPE: i32 = 8;
/** How many bytes a value of each of these types takes. */
const TYPE_BYTES = memory.data<u8>([0, 1, 2, 3, 4, 6, 8, 8, 0, 0]);
const WORD_BYTES: usize = 8;
const BLOCK_BYTES: usize = 16;
/** Whole numbers below it fit six bytes. */
const SIX_BYTES_END: f64 = 140737488355328;
/** A longer text has a type of more than a byte. */
const LONGEST_SHORT_TEXT: i32 = 57;

/**
 * Writes a whole number, or NULL for NaN: its type to the header, its bytes to the body. Without a branch, for which
 * of these it is can't be foreseen: eight bytes are written always, and the next value overwrites those too many.
 * @returns where its bytes end.
 */
export function writeInteger(typeAt: usize, at: usize, value: f64): usize {
  return writeWhole(typeAt, at, <i64>value, !Number.isNaN(value));
}

function writeWhole(typeAt: usize, at: usize, whole: i64, isKnown: bool): usize {
  const type = isKnown ? integerType(whole) : NULL_TYPE;
  store<u8>(typeAt, <u8>type);
  const length = typeBytes(type);
  store<u64>(at, bswap((<u64>whole) << ((WORD_BYTES - length) << 3)));
  return at + length;
}

/** The type of the shortest form that holds a whole number. */
export function integerType(whole: i64): i32 {
  const long = <i32>load<u8>(INTEGER_TYPES + <usize>clz(whole ^ (whole >> 63)));
  return <u64>whole <= 1 ? ZERO_TYPE + <i32>whole : long;
}

/** How many bytes a number of a type takes. */
export function typeBytes(type: i32): usize {
  return <usize>load<u8>(TYPE_BYTES + <usize>type);
}

/** The same for a value of a REAL column. A whole number is stored as an integer, as SQLite does to save space. */
export function writeReal(typeAt: usize, at: usize, value: f64): usize {
  if (Number.isNaN(value)) {
    store<u8>(typeAt, <u8>NULL_TYPE);
    return at;
  }
  if (floor(value) === value && value >= -SIX_BYTES_END && value < SIX_BYTES_END) {
    return writeInteger(typeAt, at, value);
  }
  store<u8>(typeAt, <u8>REAL_TYPE);
  store<u64>(at, bswap(reinterpret<u64>(value)));
  return at + WORD_BYTES;
}

/** What the type of a text takes beyond a byte. */
export function surplusOfText(length: i32): i32 {
  return length <= LONGEST_SHORT_TEXT ? 0 : varintLength(textType(length)) - 1;
}

/** @returns where the type ends. */
export function writeTextType(typeAt: usize, length: i32): usize {
  return writeVarint(typeAt, textType(length));
}

function textType(length: i32): u64 {
  return 13 + 2 * <u64>length;
}

/** Copies a text in blocks: up to fifteen bytes more are read and written behind it. */
export function copyText(to: usize, from: usize, length: i32): void {
  const end = from + <usize>length;
  for (; from < end; from += BLOCK_BYTES, to += BLOCK_BYTES) v128.store(to, v128.load(from));
}
