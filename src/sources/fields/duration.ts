import { countable, MALFORMED } from './malformed.ts';
import { readRoundedCount } from './rounded-count.ts';

const ZERO = 48;
const NINE = 57;
const COLON = 58;
/** A part of it may have one digit. */
const SHORTEST_CLOCK_FORM = '0:0:0'.length;
const HOURS_PER_DAY = 24;
const BASE = 60;

/**
 * Reads a duration: a decimal count of some unit, or the clock form `[days:]HH:MM:SS` in which PBS keeps it.
 * @returns whole seconds; NaN where the field is empty, MALFORMED where it is no duration.
 */
export function readDuration(
  view: DataView<ArrayBuffer>,
  start: number,
  end: number,
  secondsPerUnit: number,
): number {
  if (
    end - start >= SHORTEST_CLOCK_FORM &&
    (view.getUint8(end - 3) === COLON || view.getUint8(end - 2) === COLON)
  ) {
    return readClockForm(view, start, end);
  }
  return readRoundedCount(view, start, end, secondsPerUnit);
}

/** Reads numbers between colons from the last to the first: seconds, minutes, hours, days. */
function readClockForm(view: DataView<ArrayBuffer>, start: number, end: number): number {
  let seconds = 0;
  let secondsPerPart = 1;
  let partEnd = end;
  for (let part = 0; part < 4; part++) {
    let partStart = partEnd;
    while (partStart > start && view.getUint8(partStart - 1) !== COLON) partStart--;
    const value = wholeNumber(view, partStart, partEnd);
    // Only the first part may have more digits than a clock shows, and only hours and days come first.
    const sexagesimal = part < 2;
    if (sexagesimal && (value >= BASE || partEnd - partStart > 2)) return MALFORMED;
    seconds += value * secondsPerPart;
    if (partStart === start) return part < 2 ? MALFORMED : countable(seconds);
    secondsPerPart *= sexagesimal ? BASE : HOURS_PER_DAY;
    partEnd = partStart - 1;
  }
  return MALFORMED;
}

/** MALFORMED for no digits and for anything else; infinity spreads through sums. */
function wholeNumber(view: DataView<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return MALFORMED;
  let value = 0;
  for (let i = start; i < end; i++) {
    const byte = view.getUint8(i);
    if (byte < ZERO || byte > NINE) return MALFORMED;
    value = value * 10 + (byte - ZERO);
  }
  return value;
}
