/** The jobs that ended on a local day. */
export interface DayCount {
  readonly day: number;
  readonly jobs: number;
}

/** A day with far fewer or far more jobs than the same weekdays before it. */
export interface OddDay extends DayCount {
  readonly usual: number;
}

export const COMPARED_WEEKS = 8;
/** Fewer say too little of what is usual. */
const LEAST_COMPARED = 4;
/** Below, chance alone makes such differences. */
const LEAST_USUAL = 20;
/** Wide enough for holidays that are half empty and for large arrays, narrow enough for exports cut off. */
const FACTOR = 4;

/**
 * The days whose count is below a quarter of what is usual or above four times of it. Usual is the median of the
 * same weekdays of the 8 weeks before that have jobs, where these are 4 at least and their median is 20 at least.
 * Days without jobs are not judged: they are missing.
 * @param days with jobs, in any order, those to compare with included.
 * @param from first day to judge, likewise `to` the last.
 */
export function oddDays(days: readonly DayCount[], from: number, to: number): OddDay[] {
  const counts = new Map(days.map(({ day, jobs }) => [day, jobs]));
  const odd = [];
  for (const { day, jobs } of days) {
    if (day < from || day > to) continue;
    const usual = usualCount(counts, day);
    if (usual === null || usual < LEAST_USUAL) continue;
    if (jobs < usual / FACTOR || jobs > usual * FACTOR) odd.push({ day, jobs, usual });
  }
  return odd;
}

function usualCount(counts: ReadonlyMap<number, number>, day: number): number | null {
  const before = [];
  for (let week = 1; week <= COMPARED_WEEKS; week++) {
    const jobs = counts.get(day - 7 * week);
    if (jobs !== undefined) before.push(jobs);
  }
  return before.length < LEAST_COMPARED ? null : median(before);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
