/** Why a line of raw history cannot be a job. The codes are stable: they are stored and queried. */
export const REJECT_CODES = {
  'bad-record': 'the text is no record of its format, is cut off, or holds more than one',
  'field-count': 'the line has more or fewer fields than the header',
  'missing-value': 'a field that every job must have is empty',
  'bad-job-id': 'the job id is not a number, an array index and a server',
  'bad-time': 'a time is not a calendar date and time of day',
  'skipped-hour': 'a local time falls in the hour that spring skips',
  'bad-number': 'a number, duration or memory size is unreadable or negative',
  'end-before-start': 'the job ends before it starts, or starts before it was submitted',
  'control-character': 'the line holds control characters',
  'bad-encoding': 'the line is not UTF-8 text',
  'bad-quoting': 'the quotes of the line do not match',
  'line-too-long': 'the line is longer than any job record',
} as const;

export type RejectCode = keyof typeof REJECT_CODES;

/** A line that cannot be a job, as it leaves a reader. */
export interface Reject {
  /** Lines before it in its chunk. */
  readonly line: number;
  /** Bytes before it in its chunk. */
  readonly byteOffset: number;
  readonly code: RejectCode;
  /** What exactly is wrong, naming the field and quoting the value. */
  readonly reason: string;
  /** The line itself, cut after RAW_TEXT_LIMIT bytes. */
  readonly rawText: string;
}

/** A line longer than this is no job record; PBS caps a record far below. */
export const LINE_LIMIT_BYTES = 1 << 20;

export const RAW_TEXT_LIMIT = 4096;
const QUOTED_VALUE_LIMIT = 60;

/** Thrown by a row reader; not an Error, since a million bad lines need no million stack traces. */
export class Rejection {
  readonly code: RejectCode;
  readonly reason: string;

  constructor(code: RejectCode, reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

/** Bytes as text for people: invalid UTF-8 becomes replacement characters, the length is capped. */
export function rawText(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  return textOf(bytes, start, Math.min(end, start + RAW_TEXT_LIMIT));
}

/** A bad value as a message quotes it. */
export function quotedValue(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  const cut = end - start > QUOTED_VALUE_LIMIT;
  const text = textOf(bytes, start, cut ? start + QUOTED_VALUE_LIMIT : end);
  return JSON.stringify(cut ? `${text}...` : text);
}

function textOf(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
