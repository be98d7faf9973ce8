import type { Report, ReportValue } from '../../src/reports/report.ts';

/** The rows of a report as objects, with these columns of it, or with all. */
export function tableOf(
  { columns, rows }: Report,
  ...keys: readonly string[]
): Record<string, ReportValue>[] {
  return rows.map((row) =>
    Object.fromEntries(
      columns
        .map(({ key }, i): [string, ReportValue] => [key, row[i]])
        .filter(([key]) => keys.length === 0 || keys.includes(key)),
    ),
  );
}
