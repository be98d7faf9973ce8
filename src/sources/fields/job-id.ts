import { MALFORMED } from './malformed.ts';

const ZERO = 48;
const NINE = 57;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const POINT = 46;
/** Job numbers of every scheduler stay far below. */
const MOST_DIGITS = 15;

/**
 * Reads the number of a job id: `4519896.desched1`, an array's member `6049117[28].desched1`, an array
 * itself `6049117[].desched1`; the server may be missing.
 */
export class JobIdReader {
  /** The number before the brackets and the server, or MALFORMED. */
  shortId = Number.NaN;
  /** The index in the brackets; NaN where there is none. */
  arrayIndex = Number.NaN;
  /** Whether the brackets are empty: the id is that of an array, not of a member. */
  isWholeArray = false;

  /** Sets the fields above from the id at [start, end). */
  read(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): void {
    this.arrayIndex = Number.NaN;
    this.isWholeArray = false;
    let at = digitsEnd(bytes, start, end);
    this.shortId = at === start ? MALFORMED : wholeNumber(bytes, start, at);
    if (at < end && bytes[at] === OPEN_BRACKET) {
      const indexStart = at + 1;
      at = digitsEnd(bytes, indexStart, end);
      if (at === end || bytes[at] !== CLOSE_BRACKET) this.shortId = MALFORMED;
      else if (at > indexStart) this.arrayIndex = wholeNumber(bytes, indexStart, at);
      else this.isWholeArray = true;
      at++;
    }
    const wholeId = at >= end || (bytes[at] === POINT && at + 1 < end);
    if (!wholeId || this.arrayIndex === MALFORMED) this.shortId = MALFORMED;
  }
}

function digitsEnd(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] >= ZERO && bytes[at] <= NINE) at++;
  return at;
}

function wholeNumber(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  if (end - start > MOST_DIGITS) return MALFORMED;
  let value = 0;
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i] - ZERO);
  return value;
}
