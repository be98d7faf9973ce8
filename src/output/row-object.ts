import type { ReportColumn, ReportValue } from '../reports/report.ts';

/** A row as JSON has it: the keys of the columns with their unrounded values. */
export function rowObject(
  columns: readonly ReportColumn[],
  row: readonly ReportValue[],
): Record<string, ReportValue> {
  return Object.fromEntries(columns.map(({ key }, i) => [key, row[i]]));
}
