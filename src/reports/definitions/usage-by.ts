import { RANKED_HOURS, SHARES_OF_HOURS } from '../charts/chart.ts';
import type { ReportDefinition } from '../definition.ts';
import { withHourShares } from '../hour-shares.ts';
import { type UsageDimension, usage } from '../usage.ts';

/** Who used what, with each one's share of all CPU and GPU hours of the window. */
export function usageBy(by: UsageDimension): ReportDefinition {
  return {
    name: `usage-by-${by}`,
    title: `Jobs, hours and charges by ${by}, largest CPU charge first`,
    options: ['top'],
    chart: by === 'queue' ? RANKED_HOURS : SHARES_OF_HOURS,
    answer(db, { from, to, top }) {
      const report = withHourShares(usage(db, { by, from, to }));
      return top === null ? report : { ...report, rows: report.rows.slice(0, top) };
    },
  };
}
