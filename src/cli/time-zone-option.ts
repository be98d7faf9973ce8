import { InvalidArgumentError } from 'commander';
import { isTimeZone } from '../site/is-time-zone.ts';

export function parseTimeZoneOption(text: string): string {
  if (!isTimeZone(text)) {
    throw new InvalidArgumentError('It is not an IANA time zone such as America/Denver.');
  }
  return text;
}
