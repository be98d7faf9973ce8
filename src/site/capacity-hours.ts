import { dayRange, holdsOn } from '../charging/effective-days.ts';
import type { Capacity } from './machine-facts.ts';
import type { ZoneClock } from './zone-clock.ts';

/** What an hour of a resource is an hour of. */
export type CapacityUnit = 'cores' | 'gpus';

/**
 * The hours that a resource had to give on site-local days, both included: its cores or GPUs times the hours of
 * the days, of which those of a change of clocks have 23 or 25.
 * @returns null where of any of the days it is not known how many there were.
 */
export function capacityHours(
  capacity: readonly Capacity[],
  unit: CapacityUnit,
  clock: ZoneClock,
  { fromDay, toDay }: { readonly fromDay: number; readonly toDay: number },
): number | null {
  const spans = capacity.map((each) => ({ days: dayRange(each), count: each[unit] }));
  let seconds = 0;
  for (let day = fromDay; day <= toDay; day++) {
    const count = spans.find(({ days }) => holdsOn(days, day))?.count ?? null;
    if (count === null) return null;
    seconds += count * (clock.dayStart(day + 1) - clock.dayStart(day));
  }
  return seconds / 3600;
}
