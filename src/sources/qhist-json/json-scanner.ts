import type { RecordScanner, RecordSpan } from '../record-span.ts';
import { LINE_LIMIT_BYTES, Rejection } from '../reject.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const FIRST_PRINTABLE = 32;

/**
 * The beginning of a record: a job id as the key of an object. It can't stand within a record that is
 * sound: a quote in a text is written `\"`, and no resource has a number for its name.
 */
const RECORD_START =
  /"\d{1,15}(?:\[\d{0,15}\])?(?:\.[\w.-]{1,255})?"[ \t\r\n]{0,64}:[ \t\r\n]{0,64}\{/g;
/** Between a key and its object. */
const COLON_AND_BRACE = /[ \t\r\n]{0,64}:[ \t\r\n]{0,64}\{/y;
/**
 * What stands around records: braces, commas (missing or doubled between the days of an export), the keys of
 * the export itself, and the byte order marks of files that were put together.
 */
const ENVELOPE =
  /[ \t\r\n{},]+|\xef\xbb\xbf|"timestamp"[ \t\r\n]{0,64}:[ \t\r\n]{0,64}[\d.]{1,32}|"Jobs"[ \t\r\n]{0,64}:/y;

/**
 * Finds the members `"<job id>": {...}` of an export, without asking that the whole of it be valid JSON.
 *
 * Each span depends on nothing before its start, and a whole record on nothing behind its end: a text may
 * be cut there. What is no record, or one that is not closed, ends where the next record begins, at the
 * latest after LINE_LIMIT_BYTES.
 */
export class JsonScanner implements RecordScanner {
  position = 0;
  readonly #text: string;
  readonly #isAll: boolean;
  /** Where the next beginning of a record stands that was found last, and where it ends. */
  #nextStart = -1;
  #nextStartEnd = -1;

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
    const start = this.#skipEnvelope();
    if (start === text.length) return null;
    const limit = Math.min(text.length, start + LINE_LIMIT_BYTES);
    const nextStart = this.#startBetween(start + 1, limit);
    const bound = nextStart === -1 ? limit : nextStart;
    const object = objectOfMember(text, start, bound);
    const end = object === -1 ? -1 : objectEnd(text, object, bound);
    if (end !== -1) return this.#span(start, end, null);
    const flaw = object === -1 ? STRAY : UNFINISHED;
    if (nextStart !== -1) return this.#span(start, nextStart, flaw);
    if (limit - start === LINE_LIMIT_BYTES) return this.#span(start, limit, TOO_LONG);
    return this.#isAll ? this.#span(start, limit, flaw) : null;
  }

  #span(start: number, end: number, flaw: Rejection | null): RecordSpan {
    this.position = end;
    return { start, end, flaw };
  }

  #skipEnvelope(): number {
    const text = this.#text;
    ENVELOPE.lastIndex = this.position;
    while (this.position < text.length && ENVELOPE.test(text)) {
      const end = ENVELOPE.lastIndex;
      // A number at the end of the text may go on behind it.
      if (end === text.length && !this.#isAll && isDigit(text, end - 1)) return text.length;
      this.position = end;
    }
    return this.position;
  }

  /** @returns where the first record begins whose beginning is within these bounds; -1 where none does. */
  #startBetween(from: number, limit: number): number {
    if (this.#nextStart < from) {
      RECORD_START.lastIndex = from;
      const found = RECORD_START.exec(this.#text);
      this.#nextStart = found === null ? Number.POSITIVE_INFINITY : found.index;
      this.#nextStartEnd = RECORD_START.lastIndex;
    }
    return this.#nextStart < limit && this.#nextStartEnd <= limit ? this.#nextStart : -1;
  }
}

const STRAY = new Rejection('bad-record', 'the text is part of no job record');
const UNFINISHED = new Rejection(
  'bad-record',
  'the record is not closed before the next one begins or the file ends; it may have been cut off',
);
const TOO_LONG = new Rejection(
  'line-too-long',
  `the record is longer than ${LINE_LIMIT_BYTES} bytes`,
);

/** @returns where the object of the member that begins at `start` has its opening brace; -1 for no member. */
function objectOfMember(text: string, start: number, bound: number): number {
  if (text.charCodeAt(start) !== QUOTE) return -1;
  const keyEnd = stringEnd(text, start, bound);
  if (keyEnd === -1) return -1;
  COLON_AND_BRACE.lastIndex = keyEnd;
  const found = COLON_AND_BRACE.test(text) && COLON_AND_BRACE.lastIndex <= bound;
  return found ? COLON_AND_BRACE.lastIndex - 1 : -1;
}

/** @returns the offset behind the brace that closes the one at `start`; -1 where none does. */
function objectEnd(text: string, start: number, bound: number): number {
  let depth = 0;
  for (let at = start; at < bound; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) {
      const end = stringEnd(text, at, bound);
      if (end === -1) return -1;
      at = end - 1;
    } else if (character === OPEN_BRACE) depth++;
    else if (character === CLOSE_BRACE && --depth === 0) return at + 1;
  }
  return -1;
}

/** @returns the offset behind the quote that closes the one at `start`; -1 where none does on its line. */
function stringEnd(text: string, start: number, bound: number): number {
  for (let at = start + 1; at < bound; at++) {
    const character = text.charCodeAt(at);
    if (character === QUOTE) return at + 1;
    if (character < FIRST_PRINTABLE) return -1;
    if (character === BACKSLASH) at++;
  }
  return -1;
}

function isDigit(text: string, at: number): boolean {
  return /[\d.]/.test(text[at]);
}
