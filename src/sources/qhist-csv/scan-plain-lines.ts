import type { FieldSpans, LinePosition, RowSink } from './row-sink.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const FIRST_PRINTABLE = 32;

/**
 * The fast lane: cuts the lines of a chunk that holds no quote, byte by byte, in place. It must give what
 * `scanCsvLines` gives, field for field; a property test holds the two together.
 */
export function scanPlainLines(
  bytes: Uint8Array<ArrayBuffer>,
  delimiter: number,
  fields: FieldSpans,
  sink: RowSink,
): void {
  const { starts, ends } = fields;
  const mostFields = starts.length;
  const position: LinePosition = { line: 0, start: 0, end: 0 };
  const length = bytes.length;
  // Bytes at or above this one need no look; the delimiter may be `|`, above every letter.
  const boring = Math.max(delimiter, FIRST_PRINTABLE) + 1;
  let at = 0;
  while (at < length) {
    position.start = at;
    let count = 0;
    let fieldStart = at;
    let controls = 0;
    let byte = LINE_FEED;
    for (; at < length; at++) {
      byte = bytes[at];
      if (byte >= boring) continue;
      if (byte === delimiter) {
        if (count < mostFields) {
          starts[count] = fieldStart;
          ends[count] = at;
        }
        count++;
        fieldStart = at + 1;
      } else if (byte === LINE_FEED) break;
      else if (byte < FIRST_PRINTABLE) controls++;
    }
    let lineEnd = at;
    if (lineEnd > position.start && bytes[lineEnd - 1] === CARRIAGE_RETURN) {
      lineEnd--;
      controls--;
    }
    if (count < mostFields) {
      starts[count] = fieldStart;
      ends[count] = lineEnd;
    }
    fields.count = count + 1;
    position.end = lineEnd;
    sink.row(fields, position, controls > 0);
    position.line++;
    at++;
  }
}
