import { InvalidArgumentError } from 'commander';

/** Reads a whole number above zero: an id or a limit. */
export function parseCountOption(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(count) || count === 0) {
    throw new InvalidArgumentError('It is not a whole number above zero.');
  }
  return count;
}
