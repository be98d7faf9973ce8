/** Integers from -2^47 to below it fit six bytes; SQLite keeps any other whole REAL as a floating-point number. */
const SIX_BYTES_END = 2 ** 47;
const TWO_TO_32 = 2 ** 32;

/** What a value takes at most in the body of a record, texts and blobs left out. */
export const MOST_NUMBER_BYTES = 8;

/** The serial type of a text of so many bytes. SQLite file format, section 2.1, like all that is in this file. */
export function textType(length: number): number {
  return 13 + 2 * length;
}

/**
 * Writes a whole number, or NULL for NaN: its serial type to the header of a record, its bytes to the body.
 * There must be room for four bytes, even if it takes fewer.
 * @returns the offset after its bytes.
 */
export function writeInteger(
  types: Uint8Array,
  typeAt: number,
  body: DataView,
  at: number,
  value: number,
): number {
  // Before anything else: NULLs are frequent, and to make an integer of NaN is slow.
  if (Number.isNaN(value)) {
    types[typeAt] = 0;
    return at;
  }
  const low = value | 0;
  if (low !== value) return writeLargeInteger(types, typeAt, body, at, value);
  if (low >>> 1 === 0) {
    types[typeAt] = 8 + low;
    return at;
  }
  // One to four bytes, which have room for the sign too: the type is their number.
  const bytes = (40 - Math.clz32(low ^ (low >> 31))) >> 3;
  types[typeAt] = bytes;
  body.setInt32(at, low << (32 - 8 * bytes));
  return at + bytes;
}

function writeLargeInteger(
  types: Uint8Array,
  typeAt: number,
  body: DataView,
  at: number,
  value: number,
): number {
  const high = Math.floor(value / TWO_TO_32);
  const low = value | 0;
  if (fitsSixBytes(value)) {
    types[typeAt] = 5;
    body.setInt16(at, high);
    body.setInt32(at + 2, low);
    return at + 6;
  }
  types[typeAt] = 6;
  body.setInt32(at, high);
  body.setInt32(at + 4, low);
  return at + 8;
}

/** The same for integers that follow each other in a record as in an array. */
export function writeIntegers(
  types: Uint8Array,
  typeAt: number,
  body: DataView,
  at: number,
  values: Float64Array,
  from: number,
  count: number,
): number {
  let end = at;
  for (let i = 0; i < count; i++) {
    end = writeInteger(types, typeAt + i, body, end, values[from + i]);
  }
  return end;
}

/**
 * The same for a value of a REAL column. A whole number is stored as an integer, as SQLite does to save space,
 * and read back as REAL.
 */
export function writeReal(
  types: Uint8Array,
  typeAt: number,
  body: DataView,
  at: number,
  value: number,
): number {
  if (Number.isNaN(value) || (Math.floor(value) === value && fitsSixBytes(value))) {
    return writeInteger(types, typeAt, body, at, value);
  }
  types[typeAt] = 7;
  body.setFloat64(at, value);
  return at + 8;
}

function fitsSixBytes(value: number): boolean {
  return value >= -SIX_BYTES_END && value < SIX_BYTES_END;
}
