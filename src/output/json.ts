import type { Report } from '../reports/report.ts';

/** A report as one JSON object: what was asked, the columns with their units, a row an object. */
export function reportJson(report: Report): string {
  const { kind, machine, from, to, columns, notes, cursors } = report;
  const rows = report.rows.map((row) =>
    Object.fromEntries(row.map((value, i) => [columns[i].key, value])),
  );
  return `${JSON.stringify({ kind, machine, from, to, columns, rows, notes, cursors }, null, 2)}\n`;
}
