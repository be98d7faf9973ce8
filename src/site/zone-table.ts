import { Temporal } from 'temporal-polyfill';

/**
 * The UTC offsets of one IANA time zone as plain data, so that one thread reads the zone database and
 * every worker gets the result by structured clone.
 */
export interface ZoneTable {
  readonly zone: string;
  /** Epoch seconds (UTC) from which each offset holds, ascending; the first is -Infinity. */
  readonly starts: Float64Array;
  /** Seconds east of UTC, one for each start. */
  readonly offsets: Float64Array;
}

/** PBS and Slurm history fits well inside these years; outside them the nearest offset holds. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2100;

/**
 * Reads the offset changes of an IANA zone from 1970 to 2100.
 * @throws RangeError where the zone is unknown.
 */
export function zoneTable(zone: string): ZoneTable {
  let moment = Temporal.ZonedDateTime.from({ timeZone: zone, year: FIRST_YEAR, month: 1, day: 1 });
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [offsetSeconds(moment)];
  for (;;) {
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.year > LAST_YEAR) break;
    starts.push(next.epochMilliseconds / 1000);
    offsets.push(offsetSeconds(next));
    moment = next;
  }
  return { zone, starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) };
}

function offsetSeconds(moment: Temporal.ZonedDateTime): number {
  return moment.offsetNanoseconds / 1e9;
}
