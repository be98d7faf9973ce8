import { MALFORMED } from './malformed.ts';

const ZERO = 48;
const NINE = 57;
/** 1973-03-03 is the first instant of nine digits, 2286-11-20 the last of ten. */
const FEWEST_DIGITS = 9;
const MOST_DIGITS = 10;

/**
 * Reads an instant as PBS keeps it: seconds since 1970-01-01 00:00:00 UTC, or 0 for one that it does not know.
 * A number of any other length is no instant but a year, a date without dashes, or a time that was cut off.
 * @returns NaN where the field is empty, MALFORMED where it is no instant.
 */
export function readEpochSeconds(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0) return Number.NaN;
  if (length === 1 && bytes[start] === ZERO) return 0;
  if (length < FEWEST_DIGITS || length > MOST_DIGITS) return MALFORMED;
  let seconds = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte < ZERO || byte > NINE) return MALFORMED;
    seconds = seconds * 10 + (byte - ZERO);
  }
  return seconds;
}
