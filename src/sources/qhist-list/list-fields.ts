import { quotedValue, Rejection } from '../reject.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const FIRST_PRINTABLE = 32;
const SPACE = 32;
const EQUALS = 61;

/** A line `   Label = value` of a record. */
export interface ListField {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

export interface ListRecord {
  readonly idStart: number;
  readonly idEnd: number;
  readonly fields: readonly ListField[];
}

/**
 * Cuts a record into its job id and its fields.
 * @throws Rejection where it is not a line at column 0 and then lines `   Label = value`.
 */
export function cutListRecord(bytes: Buffer<ArrayBuffer>, start: number, end: number): ListRecord {
  checkControls(bytes, start, end);
  if (bytes[start] === SPACE) {
    throw new Rejection('bad-record', 'the lines belong to no record: no job id stands above them');
  }
  const idLine = lineEnd(bytes, start, end);
  const fields: ListField[] = [];
  for (let at = idLine.next; at < end; ) {
    const line = lineEnd(bytes, at, end);
    fields.push(cutField(bytes, at, line.end));
    at = line.next;
  }
  if (fields.length === 0) {
    throw new Rejection(
      'bad-record',
      'the text is part of no job record: no fields stand below it',
    );
  }
  return { idStart: start, idEnd: trimmedEnd(bytes, start, idLine.end), fields };
}

function cutField(bytes: Buffer<ArrayBuffer>, start: number, end: number): ListField {
  let equals = start;
  while (equals < end && bytes[equals] !== EQUALS) equals++;
  if (bytes[start] !== SPACE || equals === end) {
    const line = quotedValue(bytes, start, end);
    throw new Rejection('bad-record', `the line ${line} is not of the form "   Label = value"`);
  }
  let labelStart = start;
  while (bytes[labelStart] === SPACE) labelStart++;
  const label = bytes.toString('utf8', labelStart, trimmedEnd(bytes, labelStart, equals));
  const valueStart = bytes[equals + 1] === SPACE ? equals + 2 : equals + 1;
  return { label, start: Math.min(valueStart, end), end };
}

function trimmedEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] === SPACE) at--;
  return at;
}

/** @returns where the text of a line ends, and where the next line begins. */
function lineEnd(bytes: Buffer, start: number, limit: number): { end: number; next: number } {
  const found = bytes.indexOf(LINE_FEED, start);
  const end = found === -1 || found >= limit ? limit : found;
  const returns = end > start && bytes[end - 1] === CARRIAGE_RETURN;
  return { end: returns ? end - 1 : end, next: end + 1 };
}

function checkControls(bytes: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte >= FIRST_PRINTABLE || byte === LINE_FEED) continue;
    const endsLine = byte === CARRIAGE_RETURN && (at + 1 === end || bytes[at + 1] === LINE_FEED);
    if (!endsLine) {
      throw new Rejection('control-character', 'the record holds a control character');
    }
  }
}
