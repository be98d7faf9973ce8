import { InvalidArgumentError } from 'commander';

const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
]);

/** Reads a duration such as `26h`. @returns seconds. */
export function parseDurationOption(text: string): number {
  const unitSeconds = UNIT_SECONDS.get(text.slice(-1));
  const count = text.slice(0, -1);
  if (unitSeconds === undefined || !/^\d+(\.\d+)?$/.test(count)) {
    throw new InvalidArgumentError('It is not a duration such as 26h; units are s, m, h and d.');
  }
  return Number(count) * unitSeconds;
}
