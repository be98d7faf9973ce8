import type { RecordScanner, RecordSpan } from '../record-span.ts';
import { LINE_LIMIT_BYTES, Rejection } from '../reject.ts';

/** A line end with, behind it, what ends a record: a blank line or the job id that begins the next one. */
const BORDER = /\n(?=([ \t]*\r?\n|\d{1,15}(?:\[\d{0,15}\])?(?:\.[\w.-]{1,255})?[ \t]*\r?\n))/g;
/** Blank lines, and the byte order marks of files that were put together. */
const BETWEEN_RECORDS = /[ \t]*\r?\n|\xef\xbb\xbf/y;

/**
 * Finds the records of a list: lines up to a blank one or to the next line that is a job id.
 *
 * Each span depends on nothing before its start, and nothing but the line behind its end: a text may be cut
 * there.
 */
export class ListScanner implements RecordScanner {
  position = 0;
  readonly #text: string;
  readonly #isAll: boolean;

  /**
   * @param text the bytes as Latin-1: one character for each.
   * @param isAll whether no more text follows.
   */
  constructor(text: string, isAll: boolean) {
    this.#text = text;
    this.#isAll = isAll;
  }

  next(): RecordSpan | null {
    const text = this.#text;
    const start = this.#skipBlankLines();
    if (start === text.length) return null;
    const limit = Math.min(text.length, start + LINE_LIMIT_BYTES);
    BORDER.lastIndex = start;
    const border = BORDER.exec(text);
    if (border !== null && border.index + 1 + border[1].length <= limit) {
      return this.#span(start, border.index + 1, null);
    }
    if (limit - start === LINE_LIMIT_BYTES) return this.#span(start, limit, TOO_LONG);
    return this.#isAll ? this.#span(start, limit, null) : null;
  }

  #span(start: number, end: number, flaw: Rejection | null): RecordSpan {
    this.position = end;
    return { start, end, flaw };
  }

  #skipBlankLines(): number {
    BETWEEN_RECORDS.lastIndex = this.position;
    while (BETWEEN_RECORDS.test(this.#text)) this.position = BETWEEN_RECORDS.lastIndex;
    return this.position;
  }
}

const TOO_LONG = new Rejection(
  'line-too-long',
  `the record is longer than ${LINE_LIMIT_BYTES} bytes`,
);
