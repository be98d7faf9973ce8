import type { Report, ReportColumn } from '../report.ts';
import type { Measure } from './figure.ts';

/** The column of a report that a chart names. @throws Error where there is none: chart and report are at odds. */
export function columnOf(report: Report, key: string): ReportColumn {
  return report.columns[placeOf(report, key)];
}

/** The numbers of a column, row by row; null where one is not known. */
export function valuesOf(report: Report, key: string): (number | null)[] {
  const place = placeOf(report, key);
  return report.rows.map((row) => {
    const value = row[place];
    return typeof value === 'number' ? value : null;
  });
}

/** The texts of a column, row by row. Exit statuses are names too. */
export function namesOf(report: Report, key: string): string[] {
  const place = placeOf(report, key);
  return report.rows.map((row) => String(row[place] ?? NO_NAME));
}

const NO_NAME = 'not known';

export function measureOf(report: Report, key: string, label?: string): Measure {
  const column = columnOf(report, key);
  return {
    key,
    label: label ?? column.label,
    kind: column.kind,
    ...(column.unit === undefined ? {} : { unit: column.unit }),
  };
}

/** Whether there is anything to see. */
export function hasValues(values: readonly (number | null)[]): boolean {
  return values.some((value) => value !== null && value !== 0);
}

function placeOf({ kind, columns }: Report, key: string): number {
  const place = columns.findIndex((column) => column.key === key);
  if (place < 0) throw new Error(`the chart of ${kind} names a column ${key}, which it lacks`);
  return place;
}
