import type { Report } from '../reports/report.ts';
import { reportHeading } from './report-heading.ts';
import { alignOf, valueText } from './value-text.ts';
import { visibleText } from './visible-text.ts';

/** A report as a table of GitHub's Markdown, under a heading; texts of others mean only themselves. */
export function* markdownPieces(report: Report): Generator<string> {
  const { columns, rows, notes } = report;
  yield `## ${escaped(reportHeading(report))}\n\n`;
  yield line(columns.map(({ label }) => escaped(label)));
  yield line(columns.map(({ kind }) => (alignOf(kind) === 'right' ? '---:' : '---')));
  for (const row of rows) {
    yield line(row.map((value, i) => escaped(valueText(value, columns[i].kind))));
  }
  if (notes.length > 0) yield '\n';
  for (const note of notes) yield `- ${escaped(visibleText(note))}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

/** Dollars would be formulas, tildes strike through; the others are of all Markdown. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>&|~$]/g, '\\$&');
}
