import type { Report, ReportColumn, ReportValue } from './report.ts';

const SHARES: readonly { readonly of: string; readonly column: ReportColumn }[] = [
  { of: 'cpu_hours', column: { key: 'cpu_share', label: 'CPU share', kind: 'share' } },
  { of: 'gpu_hours', column: { key: 'gpu_share', label: 'GPU share', kind: 'share' } },
];

/** Gives each row its share of the CPU and GPU hours of all rows; NULL where there is nothing to share. */
export function withHourShares(report: Report): Report {
  const { columns, rows } = report;
  const sums = SHARES.map(({ of }) => {
    const place = columns.findIndex(({ key }) => key === of);
    return { place, total: rows.reduce((sum, row) => sum + Number(row[place]), 0) };
  });
  return {
    ...report,
    columns: [...columns, ...SHARES.map(({ column }) => column)],
    rows: rows.map((row): ReportValue[] => [
      ...row,
      ...sums.map(({ place, total }) => (total === 0 ? null : Number(row[place]) / total)),
    ]),
  };
}
