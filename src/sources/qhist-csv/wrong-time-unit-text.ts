import { TIME_UNITS, type TimeUnit } from './labels.ts';

const UNIT_NAMES = { s: 'seconds', m: 'minutes', h: 'hours', d: 'days' } as const;

/**
 * What to say of an export whose durations are in another unit than they were read in.
 * @param scaleSeconds seconds in one unit, as the durations were read.
 * @param better the unit that `timeUnitThatFits` found.
 */
export function wrongTimeUnitText(path: string, scaleSeconds: number, better: TimeUnit): string {
  return (
    `${path}: durations are not ${unitName(scaleSeconds)}: elapsed fits end - start when read as ` +
    `${UNIT_NAMES[better]}. Nothing was read. Use --time-unit ${better}.`
  );
}

function unitName(scaleSeconds: number): string {
  const units: readonly TimeUnit[] = ['s', 'm', 'h', 'd'];
  const unit = units.find((each) => TIME_UNITS[each] === scaleSeconds);
  return unit === undefined ? `counts of ${scaleSeconds} s` : UNIT_NAMES[unit];
}
