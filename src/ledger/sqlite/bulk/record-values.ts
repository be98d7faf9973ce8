import {
  fitsSixBytes,
  integerType,
  smallIntegerType,
  writeStoredInteger,
} from './stored-integer.ts';

/** What a value takes at most in the body of a record, texts and blobs left out. */
export const MOST_NUMBER_BYTES = 8;
/** Types up to here are the number of bytes of an integer; the others of small integers take none. */
const LONGEST_SMALL = 4;

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
  const small = value | 0;
  if (small !== value) {
    const type = integerType(value);
    types[typeAt] = type;
    return writeStoredInteger(body, at, value, type);
  }
  const type = smallIntegerType(small);
  types[typeAt] = type;
  if (type > LONGEST_SMALL) return at;
  // All four bytes in any case, its own before what is written over by the next value: quicker than to choose.
  body.setInt32(at, small << (32 - 8 * type));
  return at + type;
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
