import type { PlotTable } from '../reports/plot-files/plot-file.ts';
import type { ColumnKind, ReportValue } from '../reports/report.ts';

/**
 * A table for plotting scripts: columns of a fixed width, their names first, hours with one decimal and means with
 * four. Scripts split lines at white space, so every cell is one word and no cell is empty.
 */
export function* datPieces({ columns, rows }: PlotTable): Generator<string> {
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell, i) => padded(cell, columns[i].width)).join('')}\n`;
  yield line(columns.map(({ label }) => label));
  for (const row of rows) yield line(row.map((value, i) => word(value, columns[i].kind)));
}

/** A cell that fills its column still has a space behind it. */
function padded(cell: string, width: number): string {
  return width === 0 ? cell : `${cell.padEnd(width - 1)} `;
}

function word(value: ReportValue, kind: ColumnKind): string {
  // What readers of numbers know as missing.
  if (value === null) return 'nan';
  if (typeof value === 'number') {
    if (kind === 'hours') return value.toFixed(1);
    return kind === 'number' ? value.toFixed(4) : String(value);
  }
  // Readers take quotes for the bounds of a cell.
  const text = value.replaceAll(/[\s"'\p{Cc}\p{Cf}\p{Z}]/gu, '_');
  return text === '' ? '_' : text;
}
