import { InvalidArgumentError } from 'commander';
import { parseLocalDay } from '../site/local-day.ts';

export function parseDayOption(text: string): string {
  if (Number.isNaN(parseLocalDay(text))) {
    throw new InvalidArgumentError('It is not a day such as 2026-01-31.');
  }
  return text;
}
