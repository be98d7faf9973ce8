import { stringify } from 'csv-stringify/sync';
import type { Report } from '../reports/report.ts';

/** A call for each row would spend more on its preparation than on the row. */
const PIECE_ROWS = 500;

/** A report as RFC 4180 CSV: the keys of its columns, then unrounded values; NULL is empty. */
export function* csvPieces({ columns, rows }: Report): Generator<string> {
  yield csvText([columns.map(({ key }) => key)]);
  for (let i = 0; i < rows.length; i += PIECE_ROWS) yield csvText(rows.slice(i, i + PIECE_ROWS));
}

function csvText(rows: Report['rows']): string {
  return stringify([...rows], { record_delimiter: 'windows' });
}
