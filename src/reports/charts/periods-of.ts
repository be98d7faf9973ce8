import { parseLocalDay } from '../../site/local-day.ts';
import { PERIODS, periodLabel } from '../period.ts';
import type { Report } from '../report.ts';
import { windowParts } from '../window.ts';

/**
 * The periods of a report whose first column names them, those without a row too.
 */
export function periodsOf({ columns, from, to }: Report): string[] {
  const period = PERIODS.find((name) => name === columns[0].key);
  if (period === undefined || from === null || to === null) return [];
  const window = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
  return windowParts(window, period, periodLabel).map(({ label }) => label);
}

/** `Month`, for the axis. */
export function periodWord(period: string): string {
  return period.charAt(0).toUpperCase() + period.slice(1);
}
