import { quotedValue, Rejection } from '../reject.ts';
import { KeyTable } from './key-table.ts';
import { hasTimeAndType } from './record-head.ts';
import { NAME_PLACE, RECORD_KEYS } from './record-keys.ts';

const SPACE = 32;
const EQUALS = 61;
const BACKSLASH = 92;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;

/** Where the value of a key that is not in the list goes. */
const UNKNOWN = RECORD_KEYS.length;
const NO_KEY = -1;

const NOT_IN_KEY = 0;
const FIRST_IN_KEY = 1;
const LATER_IN_KEY = 2;
const KEY_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte);
  if (/[A-Za-z_]/.test(sign)) return FIRST_IN_KEY;
  return /[0-9.-]/.test(sign) ? LATER_IN_KEY : NOT_IN_KEY;
});

const RESOURCE_PREFIXES = ['Resource_List.', 'resources_used.'].map((text) => Buffer.from(text));

/**
 * Cuts the `key=value` pairs of a record, in place. PBS quotes what may hold spaces and escapes nothing, but
 * not everywhere, so a space alone does not end a value:
 *
 * - A key is letters, digits and `_.-` before an equals sign, after a space, and does not begin with a digit;
 *   a token without one belongs to the value before it.
 * - In a job name, which PBS writes as it is, only keys that PBS is known to write end the value.
 * - A value that begins with a quote goes up to the same quote before a space or the end of the line; a quote
 *   after a backslash is part of it. The pair is taken off, all else is kept as it stands.
 * - Of a key that stands twice the last one counts.
 */
export class RecordCutter {
  /** Where the value of each of RECORD_KEYS begins and ends; both 0 for one that is missing. */
  readonly starts = new Int32Array(RECORD_KEYS.length + 1);
  readonly ends = new Int32Array(RECORD_KEYS.length + 1);
  readonly #keys = new KeyTable(RECORD_KEYS);
  readonly #bytes: Uint8Array<ArrayBuffer>;

  /** @param bytes whole lines: a byte below 32 ends each of them. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  /**
   * Sets `starts` and `ends` for the pairs in [start, end).
   * @throws Rejection for a control character, an open quote, or a second record.
   */
  cut(start: number, end: number): void {
    const bytes = this.#bytes;
    const { starts, ends } = this;
    starts.fill(0);
    ends.fill(0);
    let place = UNKNOWN;
    for (let token = start; token < end; token++) {
      if (bytes[token] === SPACE) continue;
      let at = token;
      while (KEY_BYTES[bytes[at]] !== NOT_IN_KEY) at++;
      const key = bytes[at] === EQUALS ? this.#keyAt(token, at, place) : NO_KEY;
      if (key !== NO_KEY) {
        place = key;
        starts[place] = at + 1;
        at = this.#afterQuotes(at + 1, end, place);
      } else if (hasTimeAndType(bytes, token, end)) {
        throw secondRecord();
      }
      while (bytes[at] > SPACE) at++;
      if (at < end && bytes[at] !== SPACE) throw controlCharacter();
      ends[place] = at;
      token = at;
    }
    this.#takeOffQuotes();
  }

  /** @returns the place of the key at [start, end), or NO_KEY where it is part of the value before it. */
  #keyAt(start: number, end: number, placeBefore: number): number {
    if (KEY_BYTES[this.#bytes[start]] !== FIRST_IN_KEY) return NO_KEY;
    const place = this.#keys.find(this.#bytes, start, end);
    if (place !== -1) return place;
    const inName = placeBefore === NAME_PLACE && !isResource(this.#bytes, start);
    return inName ? NO_KEY : UNKNOWN;
  }

  /** @returns the byte after the closing quote of the value at `start`, or `start` where it has no quotes. */
  #afterQuotes(start: number, end: number, place: number): number {
    const bytes = this.#bytes;
    const quote = bytes[start];
    if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) return start;
    for (let at = start + 1; at < end; at++) {
      const byte = bytes[at];
      if (byte === quote) {
        const closes = at + 1 === end || bytes[at + 1] === SPACE;
        if (closes && bytes[at - 1] !== BACKSLASH) return at + 1;
      } else if (byte === SPACE) {
        if (hasTimeAndType(bytes, at + 1, end)) throw secondRecord();
      } else if (byte < SPACE) {
        throw controlCharacter();
      }
    }
    // PBS never quotes a job name, so that a quote is one of its letters.
    if (place === NAME_PLACE) return start;
    const value = quotedValue(bytes, start, end);
    throw new Rejection('bad-quoting', `a quote is opened and not closed: ${value}`);
  }

  #takeOffQuotes(): void {
    const bytes = this.#bytes;
    const { starts, ends } = this;
    for (let place = 0; place < UNKNOWN; place++) {
      const first = starts[place];
      const last = ends[place] - 1;
      const quote = bytes[first];
      if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) continue;
      if (last > first && bytes[last] === quote) {
        starts[place] = first + 1;
        ends[place] = last;
      }
    }
  }
}

function isResource(bytes: Uint8Array, start: number): boolean {
  return RESOURCE_PREFIXES.some((prefix) => prefix.every((byte, i) => byte === bytes[start + i]));
}

function controlCharacter(): Rejection {
  return new Rejection('control-character', 'the line holds a control character');
}

function secondRecord(): Rejection {
  return new Rejection('bad-record', 'a second record begins on the same line');
}
