const ZERO = 48;
const NINE = 57;
const SEMICOLON = 59;

/** Where the letter of the type stands in a record. */
export const TYPE_PLACE = 'MM/DD/YYYY HH:MM:SS;'.length;
/** Up to the semicolon after the type; the id of the job follows. */
export const HEAD_LENGTH = TYPE_PLACE + 2;

/** A zero stands for any digit. */
const DATE_FORM = Buffer.from('00/00/0000 ');
const TIME_FORM = Buffer.from('00:00:00;');

/**
 * Whether a line begins as every record does, `MM/DD/YYYY HH:MM:SS;TYPE;`. The time, when the record was
 * written by the wall clock of the server, is used for nothing and may be any digits.
 */
export function hasRecordHead(bytes: Uint8Array, start: number, end: number): boolean {
  return (
    hasForm(DATE_FORM, bytes, start, end) && hasTimeAndType(bytes, start + DATE_FORM.length, end)
  );
}

/**
 * Whether `HH:MM:SS;TYPE;` stands at `start`. Inside a record it tells of another one on the same line, which
 * is what a server leaves that went down in the middle of a line.
 */
export function hasTimeAndType(bytes: Uint8Array, start: number, end: number): boolean {
  const type = start + TIME_FORM.length;
  return (
    type + 1 < end &&
    hasForm(TIME_FORM, bytes, start, end) &&
    isLetter(bytes[type]) &&
    bytes[type + 1] === SEMICOLON
  );
}

function hasForm(form: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (start + form.length > end) return false;
  for (let i = 0; i < form.length; i++) {
    const byte = bytes[start + i];
    const fits = form[i] === ZERO ? byte >= ZERO && byte <= NINE : byte === form[i];
    if (!fits) return false;
  }
  return true;
}

function isLetter(byte: number): boolean {
  const lowerCase = byte | 32;
  return lowerCase >= 97 && lowerCase <= 122;
}
