import { type Options, stringify } from 'csv-stringify/sync';
import type { Report } from '../reports/report.ts';

/** A call for each row would spend more on its preparation than on the row. */
const PIECE_ROWS = 500;

/**
 * A report as RFC 4180 CSV: the keys of its columns, then unrounded values; NULL is empty. Quotes are round what any
 * reader would take for the end of a value or of a row: an empty line is none, so a row of one value that is empty has
 * them too.
 */
export function* csvPieces({ columns, rows }: Report): Generator<string> {
  const options: Options = {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    quoted_empty: columns.length === 1,
  };
  yield stringify([columns.map(({ key }) => key)], options);
  for (let i = 0; i < rows.length; i += PIECE_ROWS) {
    yield stringify([...rows.slice(i, i + PIECE_ROWS)], options);
  }
}
