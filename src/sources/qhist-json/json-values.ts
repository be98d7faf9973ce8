import type { ValueSpans } from '../record-reader.ts';
import { Rejection } from '../reject.ts';
import { JSON_KEYS, type JsonKey } from './json-columns.ts';

/** The longest text of a number in JavaScript, as `-2.2250738585072014e-308`. */
const NUMBER_LENGTH = 24;
/** What the shortest member of a record with a number takes: `"end":1`. */
const MEMBER_LENGTH = 7;
const FIRST_PRINTABLE = 32;

type JsonObject = Readonly<Record<string, unknown>>;

/** Collects the values of records as text, one span for each of JSON_KEYS. */
export class JsonValues implements ValueSpans {
  readonly starts = new Int32Array(JSON_KEYS.length);
  readonly ends = new Int32Array(JSON_KEYS.length);
  /** What the spans point into. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #buffer: Buffer<ArrayBuffer>;
  #written = 0;

  /**
   * A text is never longer than the JSON it is decoded from; only a number may be.
   * @param jsonBytes length of all records together.
   */
  constructor(jsonBytes: number, records: number) {
    const mostNumbers = Math.min(records * JSON_KEYS.length, Math.ceil(jsonBytes / MEMBER_LENGTH));
    this.bytes = new Uint8Array(jsonBytes + mostNumbers * NUMBER_LENGTH);
    this.#buffer = Buffer.from(this.bytes.buffer);
  }

  /**
   * Sets the spans to the values of one record. Its texts stay in the bytes.
   * @param member `"<job id>": {...}`
   * @throws Rejection where that is not valid, or a value is not of its kind.
   */
  read(member: string): void {
    const [id, record] = parseMember(member);
    for (let place = 0; place < JSON_KEYS.length; place++) {
      const key = JSON_KEYS[place];
      const text = key.field.kind === 'job-id' ? id : valueText(record, key);
      this.starts[place] = this.#written;
      this.#written += this.#buffer.write(text, this.#written, 'utf8');
      this.ends[place] = this.#written;
    }
  }
}

function parseMember(member: string): [string, JsonObject] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(`{${member}}`);
  } catch (problem) {
    const why = problem instanceof Error ? problem.message : String(problem);
    throw new Rejection('bad-record', `the record is not valid JSON: ${why}`);
  }
  const [[id, record]] = Object.entries(isObject(parsed) ? parsed : {});
  if (!isObject(record)) throw new Rejection('bad-record', 'the record is no JSON object');
  checkText('the job id', id);
  return [id, record];
}

/** @returns the value as text; an empty one where there is none. */
function valueText(record: JsonObject, { group, key, field }: JsonKey): string {
  const object = group === null ? record : (record[group] ?? {});
  if (!isObject(object)) throw new Rejection('bad-record', `"${group}" is no JSON object`);
  const value = object[key] ?? '';
  const label = group === null ? `"${key}"` : `"${group}.${key}"`;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') {
    const what = Array.isArray(value) ? 'a list' : typeof value;
    throw new Rejection('bad-record', `${label} is neither a text nor a number but ${what}`);
  }
  checkText(label, value);
  // PBS puts an account in quotes, and not every version of qhist takes them off.
  const isAccount = field.kind === 'coded' && field.column === 'account';
  return isAccount ? value.replaceAll('"', '') : value;
}

/** Escapes can stand for what no line of text may hold. */
function checkText(label: string, value: string): void {
  for (let i = 0; i < value.length; i++) {
    if (value.charCodeAt(i) < FIRST_PRINTABLE) {
      throw new Rejection('control-character', `${label} holds a control character`);
    }
  }
  if (!value.isWellFormed()) {
    throw new Rejection('bad-encoding', `${label} holds half of a character`);
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
