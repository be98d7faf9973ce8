import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../site/duration.ts';

/** Reads a duration such as `26h`. @returns seconds. */
export function parseDurationOption(text: string): number {
  const seconds = parseDuration(text);
  if (Number.isNaN(seconds)) {
    throw new InvalidArgumentError('It is not a duration such as 26h; units are s, m, h and d.');
  }
  return seconds;
}
