import type { ZoneClock } from '../../src/site/zone-clock.ts';

/** People submit by day; what runs on its own goes on by night. One weight for each local hour. */
const HOURS = [6, 5, 5, 4, 4, 5, 7, 10, 15, 19, 21, 20, 18, 20, 21, 20, 18, 15, 11, 9, 9, 8, 8, 7];
/** From Thursday, since 1970-01-01 was one. */
const DAYS = [10, 9, 5, 4, 10, 11, 11];

const MEAN_WEIGHT = mean(HOURS) * mean(DAYS);

/** How busy the site submits at an instant; 1 is the mean of a week. */
export function submissionRhythm(clock: ZoneClock, utcSeconds: number): number {
  const local = utcSeconds + clock.offsetAt(utcSeconds);
  const day = Math.floor(local / 86_400);
  const hour = Math.floor((local - day * 86_400) / 3600);
  return (HOURS[hour] * DAYS[((day % 7) + 7) % 7]) / MEAN_WEIGHT;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
