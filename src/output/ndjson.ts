import type { Report } from '../reports/report.ts';
import { jsonText } from './json-text.ts';
import { rowObject } from './row-object.ts';

/** The rows of a report as JSON objects, one a line; the same objects as in its JSON. */
export function* ndjsonPieces({ columns, rows }: Report): Generator<string> {
  for (const row of rows) yield `${jsonText(rowObject(columns, row))}\n`;
}
