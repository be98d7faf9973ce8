import Table from 'cli-table3';
import type { Report } from '../reports/report.ts';
import { fitCells } from './fit-cells.ts';
import { reportHeading } from './report-heading.ts';
import { alignOf, valueText } from './value-text.ts';
import { visibleText } from './visible-text.ts';

/**
 * A report as an aligned table for people, with its window above and its notes below.
 * @param width of the terminal, that texts are cut for; null where nothing is to be cut. Numbers never are.
 */
export function reportTable(report: Report, width: number | null = null): string {
  const { columns, notes } = report;
  const head = columns.map(({ label }) => label);
  const whole = report.rows.map((row) => row.map((value, i) => valueText(value, columns[i].kind)));
  const isText = columns.map(({ kind }) => kind === 'text');
  const cells = width === null ? whole : fitCells(head, whole, isText, width);
  const table = alignedTable(
    head,
    cells,
    columns.map(({ kind }) => alignOf(kind)),
  );
  const below = notes.map((note) => `\nNote: ${visibleText(note)}`).join('');
  return `${reportHeading(report)}\n\n${table}${below === '' ? '' : `\n${below}`}`;
}

/** Columns of text without rules, two spaces apart. */
export function alignedTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligns: readonly ('left' | 'right')[],
): string {
  const none = '';
  const table = new Table({
    head: [...head],
    colAligns: [...aligns],
    chars: {
      top: none,
      'top-mid': none,
      'top-left': none,
      'top-right': none,
      bottom: none,
      'bottom-mid': none,
      'bottom-left': none,
      'bottom-right': none,
      left: none,
      'left-mid': none,
      mid: none,
      'mid-mid': none,
      right: none,
      'right-mid': none,
      middle: '  ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
