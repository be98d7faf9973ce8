import { formatLocalDay, parseLocalDay } from '../site/local-day.ts';
import { nextPeriodStart, PERIODS, type Period, periodStart } from './period.ts';

/** Site-local days, inclusive. */
export interface DayRange {
  readonly fromDay: number;
  readonly toDay: number;
}

/** 0001-01-01; days before it have no text that sorts among the others. */
const FIRST_DAY = -719_162;
const LAST_FORM = /^(\d+)d$/;
const MONTH_FORM = /^\d{4}-\d{2}$/;

/**
 * The window that `--last` names, up to and including `today`: `30d` is so many days, `month` and the like
 * the whole period before the one that today is in, since the present one is not over.
 * @returns null where it is neither.
 */
export function lastWindow(last: string, today: number): DayRange | null {
  const days = LAST_FORM.exec(last)?.[1];
  if (days !== undefined && Number(days) > 0) {
    const fromDay = today - Number(days) + 1;
    return fromDay < FIRST_DAY ? null : { fromDay, toDay: today };
  }
  const period = PERIODS.find((name) => name === last);
  if (period === undefined) return null;
  const end = periodStart(today, period);
  return { fromDay: periodStart(end - 1, period), toDay: end - 1 };
}

/** The days of a month `2026-01`; null where it is none. */
export function monthWindow(month: string): DayRange | null {
  const fromDay = MONTH_FORM.test(month) ? parseLocalDay(`${month}-01`) : Number.NaN;
  return Number.isNaN(fromDay) ? null : { fromDay, toDay: nextPeriodStart(fromDay, 'month') - 1 };
}

/** A part of a window that is within one period. */
export interface WindowPart extends DayRange {
  readonly label: string;
}

/** Cuts a window at the borders of periods; the parts follow each other and are the window. */
export function windowParts(
  { fromDay, toDay }: DayRange,
  period: Period,
  label: (start: number, period: Period) => string,
): WindowPart[] {
  const parts: WindowPart[] = [];
  for (let day = fromDay; day <= toDay; ) {
    const start = periodStart(day, period);
    const next = nextPeriodStart(start, period);
    parts.push({ label: label(start, period), fromDay: day, toDay: Math.min(next - 1, toDay) });
    day = next;
  }
  return parts;
}

/** @param from,to `YYYY-MM-DD`. */
export function windowDays(from: string, to: string): DayRange {
  return { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
}

export function windowText({ fromDay, toDay }: DayRange): { from: string; to: string } {
  return { from: formatLocalDay(fromDay), to: formatLocalDay(toDay) };
}
