import type { ReportDefinition } from '../definition.ts';
import type { ReportValue } from '../report.ts';
import { type UsageDimension, usage } from '../usage.ts';

const PLACE = { cpu: 2, gpu: 3 } as const;

/** Who used what, with each one's share of all CPU and GPU hours of the window. */
export function usageBy(by: UsageDimension): ReportDefinition {
  return {
    name: `usage-by-${by}`,
    title: `Jobs, hours and charges by ${by}, largest CPU charge first`,
    options: ['top'],
    answer(db, { from, to, top }) {
      const report = usage(db, { by, from, to });
      const total = {
        cpu: sumOf(report.rows, PLACE.cpu),
        gpu: sumOf(report.rows, PLACE.gpu),
      };
      const rows = report.rows.map((row) => [
        ...row,
        shareOf(row[PLACE.cpu], total.cpu),
        shareOf(row[PLACE.gpu], total.gpu),
      ]);
      return {
        ...report,
        columns: [
          ...report.columns,
          { key: 'cpu_share', label: 'CPU share', kind: 'share' },
          { key: 'gpu_share', label: 'GPU share', kind: 'share' },
        ],
        rows: top === null ? rows : rows.slice(0, top),
      };
    },
  };
}

function sumOf(rows: readonly (readonly ReportValue[])[], place: number): number {
  return rows.reduce((sum, row) => sum + Number(row[place]), 0);
}

/** NULL where there is nothing to share. */
function shareOf(value: ReportValue, total: number): number | null {
  return total === 0 ? null : Number(value) / total;
}
