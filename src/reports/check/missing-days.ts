import type { DayCount } from './odd-days.ts';

/**
 * Days without any job between the first and the last day that have some.
 * @param days with jobs, in any order.
 * @param from first day to look at, likewise `to` the last.
 */
export function missingDays(days: readonly DayCount[], from: number, to: number): number[] {
  const present = new Set(days.map(({ day }) => day));
  const missing = [];
  for (let day = from; day <= to; day++) if (!present.has(day)) missing.push(day);
  return missing;
}
