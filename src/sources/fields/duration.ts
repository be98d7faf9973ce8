import { readDecimal } from './decimal.ts';
import { countable, MALFORMED } from './malformed.ts';

const CLOCK_FORM = /^(?:(\d+):)?(\d+):([0-5]?\d):([0-5]?\d)$/;

/**
 * Reads a duration: a decimal count of some unit, or the clock form `[days:]HH:MM:SS` that an array parent
 * keeps in the same column.
 * @returns whole seconds; NaN where the field is empty, MALFORMED where it is no duration.
 */
export function readDuration(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  secondsPerUnit: number,
): number {
  const count = readDecimal(bytes, start, end);
  if (count === MALFORMED) return readClockForm(bytes, start, end);
  // Math.round keeps NaN, the NULL of an empty field.
  return countable(Math.round(count * secondsPerUnit));
}

function readClockForm(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const match = CLOCK_FORM.exec(text);
  if (match === null) return MALFORMED;
  const [, days = '0', hours, minutes, seconds] = match;
  const wholeHours = Number(days) * 24 + Number(hours);
  return countable((wholeHours * 60 + Number(minutes)) * 60 + Number(seconds));
}
