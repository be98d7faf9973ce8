import Table from 'cli-table3';
import type { ColumnKind, Report, ReportValue } from '../reports/report.ts';
import { binarySizeText, countText, durationText, hoursText } from './number-text.ts';

/** A report as an aligned table for people, with its window above and its notes below. */
export function reportTable(report: Report): string {
  const window =
    report.from === null && report.to === null
      ? 'no jobs'
      : `${report.from ?? 'the beginning'} to ${report.to ?? 'the end'}`;
  const cells = report.rows.map((row) =>
    row.map((value, i) => valueText(value, report.columns[i].kind)),
  );
  const table = alignedTable(
    report.columns.map(({ label }) => label),
    cells,
    report.columns.map(({ kind }) => (kind === 'text' || kind === 'date' ? 'left' : 'right')),
  );
  const notes = report.notes.map((note) => `\nNote: ${note}`).join('');
  return `${report.machine}, ${report.kind.replaceAll('-', ' ')}, ${window}\n\n${table}${notes === '' ? '' : `\n${notes}`}`;
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

function valueText(value: ReportValue, kind: ColumnKind): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  switch (kind) {
    case 'hours':
      return hoursText(value);
    case 'share':
      return `${(100 * value).toFixed(1)} %`;
    case 'seconds':
      return durationText(value);
    case 'bytes':
      return binarySizeText(value);
    case 'number':
      return value.toFixed(2);
    default:
      return countText(value);
  }
}
