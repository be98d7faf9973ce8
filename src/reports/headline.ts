import type { Report, ReportColumn, ReportValue } from './report.ts';

const SUMS = ['jobs', 'cpu_hours', 'gpu_hours', 'cpu_charges', 'gpu_charges'] as const;

/**
 * The figures of a window that are asked for first, a row a machine. Nothing is added up over machines: a person may
 * use several.
 * @param byUser the whole `usage-by-user` of each machine.
 * @param byAccount the whole `usage-by-account` of the same machines, in the same order.
 */
export function headline(
  byUser: readonly Report[],
  byAccount: readonly Report[],
): Pick<Report, 'columns' | 'rows'> {
  const { columns } = byUser[0];
  const [jobs, ...hours] = SUMS.map((key) => columns[placeOf(columns, key)]);
  return {
    columns: [
      { key: 'machine', label: 'Machine', kind: 'text' },
      jobs,
      { key: 'users', label: 'Users', kind: 'count' },
      { key: 'accounts', label: 'Accounts', kind: 'count' },
      ...hours,
    ],
    rows: byUser.map((report, i): ReportValue[] => {
      const [jobs, ...hours] = SUMS.map((key) => sumOf(report, key));
      return [report.machine, jobs, report.rows.length, byAccount[i].rows.length, ...hours];
    }),
  };
}

function sumOf({ columns, rows }: Report, key: string): number {
  const place = placeOf(columns, key);
  return rows.reduce((sum, row) => sum + Number(row[place] ?? 0), 0);
}

function placeOf(columns: readonly ReportColumn[], key: string): number {
  const place = columns.findIndex((column) => column.key === key);
  if (place < 0) throw new Error(`usage by user lacks the column ${key}`);
  return place;
}
