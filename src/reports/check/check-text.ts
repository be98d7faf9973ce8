import { formatLocalDay } from '../../site/local-day.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
/** A line for a mobile phone; JSON has them all. */
const LISTED = 5;

/** How long, in the unit in which people would say it. */
export function ageText(seconds: number): string {
  if (seconds < 2 * HOUR) return `${Math.max(0, Math.round(seconds / MINUTE))} min`;
  if (seconds < 3 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} days`;
}

/** The first few of them. */
export function listText(items: readonly string[]): string {
  const more = items.length - LISTED;
  const listed = items.slice(0, LISTED).join(', ');
  return more > 0 ? `${listed} and ${more} more` : listed;
}

/** Ascending days with those that follow each other as ranges: `2026-01-03, 2026-01-07 to 2026-01-09`. */
export function dayListText(days: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const day of days) {
    const range = ranges.at(-1);
    if (range !== undefined && range.last === day - 1) range.last = day;
    else ranges.push({ first: day, last: day });
  }
  return listText(
    ranges.map(({ first, last }) =>
      first === last
        ? formatLocalDay(first)
        : `${formatLocalDay(first)} to ${formatLocalDay(last)}`,
    ),
  );
}
