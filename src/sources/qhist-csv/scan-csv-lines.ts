import { createRequire } from 'node:module';
import type { Options } from 'csv-parse/sync';
import type { FieldSpans, LinePosition, RowSink } from './row-sink.ts';

const QUOTE = '"';

const require = createRequire(import.meta.url);

/**
 * Cuts the lines of any chunk with csv-parse, quoted fields included, and hands on the same spans as the fast
 * lane. One line is one row: a quote that is opened and not closed spoils its own line and no other.
 *
 * The text is handled as Latin-1, in which every byte is one character and back, so that bytes that are not
 * UTF-8 come through unchanged and are judged where all rows are.
 *
 * @param fieldBytes as long as `bytes`; receives the fields and delimiters without the quotes.
 */
export function scanCsvLines(
  bytes: Uint8Array<ArrayBuffer>,
  fieldBytes: Uint8Array<ArrayBuffer>,
  delimiter: string,
  fields: FieldSpans,
  sink: RowSink,
): void {
  const target = Buffer.from(fieldBytes.buffer, fieldBytes.byteOffset, fieldBytes.byteLength);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const lines = splitLines(text);
  const options = csvOptions(delimiter);
  const position: LinePosition = { line: 0, start: 0, end: 0 };
  const records = parseTogether(text, lines.length, options);
  let written = 0;
  for (let i = 0; i < lines.length; i++) {
    const { start, end } = lines[i];
    const line = text.slice(start, end);
    position.line = i;
    position.start = start;
    position.end = end;
    const record = records === null ? parseAlone(line, delimiter, options) : records[i];
    if (record === null) {
      sink.unreadable(position);
      continue;
    }
    for (let column = 0; column < record.length; column++) {
      if (column > 0) written += target.write(delimiter, written, 'latin1');
      if (column < fields.starts.length) fields.starts[column] = written;
      written += target.write(record[column], written, 'latin1');
      if (column < fields.ends.length) fields.ends[column] = written;
    }
    fields.count = record.length;
    sink.row(fields, position, hasControls(line, delimiter));
  }
}

function csvOptions(delimiter: string): Options {
  return {
    delimiter,
    quote: QUOTE,
    escape: QUOTE,
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    relax_quotes: true,
  };
}

/**
 * All lines in one call, which is many times faster than one by one.
 * @returns null unless each record is one line: a stray quote can swallow the lines after it.
 */
function parseTogether(text: string, lineCount: number, options: Options): string[][] | null {
  const { parse } = csvParse();
  try {
    const records: string[][] = parse(text, options);
    return records.length === lineCount ? records : null;
  } catch {
    return null;
  }
}

function parseAlone(line: string, delimiter: string, options: Options): string[] | null {
  // Without a quote there is nothing to parse, and a call for each line is slow.
  if (!line.includes(QUOTE)) return line.split(delimiter);
  const { parse } = csvParse();
  try {
    const records: string[][] = parse(line, options);
    return records.length === 1 ? records[0] : null;
  } catch {
    return null;
  }
}

/** Loaded with the first chunk that holds a quote, which few exports do. That it is missing is no fault of a line. */
function csvParse(): typeof import('csv-parse/sync') {
  return require('csv-parse/sync');
}

function splitLines(text: string): { start: number; end: number }[] {
  const lines = [];
  for (let start = 0; start < text.length; ) {
    const lineFeed = text.indexOf('\n', start);
    const next = lineFeed === -1 ? text.length : lineFeed;
    const end = next > start && text[next - 1] === '\r' ? next - 1 : next;
    lines.push({ start, end });
    start = next + 1;
  }
  return lines;
}

/** A tab may be the delimiter, which is no fault of the line. */
function hasControls(line: string, delimiter: string): boolean {
  for (let i = 0; i < line.length; i++) {
    if (line.charCodeAt(i) < 32 && line[i] !== delimiter) return true;
  }
  return false;
}
