import { formatLocalDay } from '../site/local-day.ts';

/** Into what a window of site-local days can be cut. Weeks are those of ISO 8601, Monday to Sunday. */
export const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

const WEEK_DAYS = 7;
const YEAR_MONTHS = 12;
const QUARTER_MONTHS = 3;
const DAY_MS = 86_400_000;
/** 1970-01-05, the first Monday there is. */
const FIRST_MONDAY = 4;

/** @returns the first local day of the period that a local day is in. */
export function periodStart(localDay: number, period: Period): number {
  if (period === 'day') return localDay;
  if (period === 'week') {
    return localDay - ((((localDay - FIRST_MONDAY) % WEEK_DAYS) + WEEK_DAYS) % WEEK_DAYS);
  }
  const date = new Date(localDay * DAY_MS);
  const months = monthsOf(period);
  const month = Math.floor(date.getUTCMonth() / months) * months;
  return Date.UTC(date.getUTCFullYear(), month, 1) / DAY_MS;
}

/** @returns the first local day after the period that begins on a local day. */
export function nextPeriodStart(start: number, period: Period): number {
  if (period === 'day') return start + 1;
  if (period === 'week') return start + WEEK_DAYS;
  const date = new Date(start * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsOf(period), 1) / DAY_MS;
}

/**
 * The name of the period that begins on a local day: `2026-01-31`, `2026-W05`, `2026-01`, `2026-Q1`, `2026`.
 * They sort as the periods do.
 */
export function periodLabel(start: number, period: Period): string {
  const date = formatLocalDay(start);
  const year = date.slice(0, 4);
  switch (period) {
    case 'day':
      return date;
    case 'week':
      return isoWeekLabel(start);
    case 'month':
      return date.slice(0, 7);
    case 'quarter':
      return `${year}-Q${Math.floor((Number(date.slice(5, 7)) - 1) / QUARTER_MONTHS) + 1}`;
    case 'year':
      return year;
  }
}

/** A week belongs to the year that its Thursday is in, and week 1 has the first Thursday. */
function isoWeekLabel(monday: number): string {
  const thursday = monday + 3;
  const year = new Date(thursday * DAY_MS).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1) / DAY_MS) / WEEK_DAYS) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function monthsOf(period: 'month' | 'quarter' | 'year'): number {
  return { month: 1, quarter: QUARTER_MONTHS, year: YEAR_MONTHS }[period];
}
