/** Integers from -2^47 to below it fit six bytes. */
const SIX_BYTES_END = 2 ** 47;
const TWO_TO_32 = 2 ** 32;
const SIX_BYTES_TYPE = 5;
const EIGHT_BYTES_TYPE = 6;

/** What the header of a record says of a whole number: the shortest form that holds it. File format, section 2.1. */
export function integerType(value: number): number {
  const small = value | 0;
  if (small === value) return smallIntegerType(small);
  return fitsSixBytes(value) ? SIX_BYTES_TYPE : EIGHT_BYTES_TYPE;
}

/** The same for an integer of 32 bits. */
export function smallIntegerType(small: number): number {
  // 0 and 1 are types of their own.
  if (small >>> 1 === 0) return 8 + small;
  // One to four bytes, which have room for the sign too: the type is their number.
  return (40 - Math.clz32(small ^ (small >> 31))) >> 3;
}

export function fitsSixBytes(value: number): boolean {
  return value >= -SIX_BYTES_END && value < SIX_BYTES_END;
}

/** How many bytes a whole number of a type takes behind the header. */
export function integerBytes(type: number): number {
  if (type <= 4) return type;
  if (type === SIX_BYTES_TYPE) return 6;
  return type === EIGHT_BYTES_TYPE ? 8 : 0;
}

/**
 * Writes the bytes of a whole number of a type, and no others.
 * @returns the offset after them.
 */
export function writeStoredInteger(
  view: DataView,
  at: number,
  value: number,
  type: number,
): number {
  if (type === 4) {
    view.setInt32(at, value);
  } else if (type === 3) {
    view.setInt8(at, value >> 16);
    view.setInt16(at + 1, value);
  } else if (type === 2) {
    view.setInt16(at, value);
  } else if (type === 1) {
    view.setInt8(at, value);
  } else if (type === SIX_BYTES_TYPE || type === EIGHT_BYTES_TYPE) {
    const high = Math.floor(value / TWO_TO_32);
    if (type === SIX_BYTES_TYPE) view.setInt16(at, high);
    else view.setInt32(at, high);
    view.setUint32(at + integerBytes(type) - 4, value - high * TWO_TO_32);
  }
  return at + integerBytes(type);
}
