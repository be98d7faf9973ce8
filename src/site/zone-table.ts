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
const FIRST_SECOND = Date.UTC(1970) / 1000;
const END_SECOND = Date.UTC(2101) / 1000;

/** Shorter than any offset has held: the shortest, around Ramadan in Gaza, is a week less an hour. */
const STEP_SECONDS = 6 * 86_400;
const WEEK_SECONDS = 7 * 86_400;

/**
 * Reads the offset changes of an IANA zone from 1970 to 2100.
 * @throws RangeError where the zone is unknown.
 */
export function zoneTable(zone: string): ZoneTable {
  // The weekday is only there because formatting is slower without, by the default of a whole date.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    timeZoneName: 'longOffset',
  });
  const offsetAt = (utcSeconds: number): string => format.format(utcSeconds * 1000).slice(5);

  let offset = offsetAt(FIRST_SECOND);
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [secondsOf(offset)];
  for (let from = FIRST_SECOND; from < END_SECOND; from += STEP_SECONDS) {
    const to = from + STEP_SECONDS;
    const next = offsetAt(to);
    if (next === offset) continue;
    const yearAgo = starts.at(-2) ?? Number.NEGATIVE_INFINITY;
    const guesses = [yearAgo + 52 * WEEK_SECONDS, yearAgo + 53 * WEEK_SECONDS];
    const holdsAt = (utcSeconds: number): boolean => offsetAt(utcSeconds) === offset;
    starts.push(endWithin(from, to, guesses, holdsAt));
    offsets.push(secondsOf(next));
    offset = next;
  }
  return { zone, starts: Float64Array.from(starts), offsets: Float64Array.from(offsets) };
}

/**
 * The first second at which what holds at `from` does not hold any more, as at `to`.
 * @param guesses seconds that are looked at first.
 */
function endWithin(
  from: number,
  to: number,
  guesses: readonly number[],
  holdsAt: (utcSeconds: number) => boolean,
): number {
  let last = from;
  let end = to;
  const lookAt = (moment: number): void => {
    if (moment <= last || moment >= end) return;
    if (holdsAt(moment)) last = moment;
    else end = moment;
  };
  for (const guess of guesses) {
    lookAt(guess);
    lookAt(guess - 1);
  }
  while (end - last > 1) lookAt(Math.floor((last + end) / 2));
  return end;
}

const OFFSET = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Of `GMT-07:00`, with seconds where the offset has some, and of `GMT` alone. */
function secondsOf(offset: string): number {
  const parts = OFFSET.exec(offset);
  if (parts === null) throw new Error(`the offset "${offset}" is not like GMT-07:00`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = parts;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -size : size;
}
