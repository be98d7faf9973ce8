import type { Report } from '../reports/report.ts';
import { jsonText } from './json-text.ts';
import { rowObject } from './row-object.ts';

/**
 * A report as one JSON object: what was asked, the columns with their units, a row an object. Each column and
 * each row has a line of its own. docs/output-formats.md is its contract.
 */
export function* jsonPieces(report: Report): Generator<string> {
  const { kind, machine, from, to, period, columns, rows, notes, cursors } = report;
  const head = { kind, machine, from, to, ...(period === undefined ? {} : { period }) };
  yield '{\n';
  for (const [key, value] of Object.entries(head)) yield `  ${member(key, value)},\n`;
  yield* list('columns', columns);
  yield ',\n';
  yield* list('rows', rows, (row) => rowObject(columns, row));
  yield ',\n';
  yield* list('notes', notes);
  if (cursors !== undefined) yield `,\n  ${member('cursors', cursors)}`;
  yield '\n}\n';
}

function* list<Item>(
  key: string,
  items: readonly Item[],
  shown: (item: Item) => unknown = (item) => item,
): Generator<string> {
  yield `  "${key}": [`;
  for (const [i, item] of items.entries()) {
    yield `${i === 0 ? '' : ','}\n    ${jsonText(shown(item))}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}

function member(key: string, value: unknown): string {
  return `"${key}": ${jsonText(value)}`;
}
