import { MALFORMED } from './malformed.ts';

const LENGTH = 'YYYY-MM-DD HH:MM:SS'.length;
const DASH = 45;
const COLON = 58;
const SPACE = 32;
const LETTER_T = 84;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads a wall-clock time `YYYY-MM-DD HH:MM:SS` (or with a `T` between).
 * @returns its seconds since 1970-01-01 00:00:00 on the same wall clock; NaN where the field is empty,
 * MALFORMED where it is no date and time of the calendar.
 */
export function readLocalTime(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  if (start === end) return Number.NaN;
  if (end - start !== LENGTH) return MALFORMED;
  const separators =
    bytes[start + 4] === DASH &&
    bytes[start + 7] === DASH &&
    (bytes[start + 10] === SPACE || bytes[start + 10] === LETTER_T) &&
    bytes[start + 13] === COLON &&
    bytes[start + 16] === COLON;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const hour = twoDigits(bytes, start + 11);
  const minute = twoDigits(bytes, start + 14);
  const second = twoDigits(bytes, start + 17);
  // A comparison with NaN, a pair that is no two digits, is false.
  const valid =
    separators &&
    year >= 1900 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!valid) return MALFORMED;
  return ((daysFromCivil(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
}

function twoDigits(bytes: Uint8Array<ArrayBuffer>, at: number): number {
  const tens = bytes[at] - 48;
  const ones = bytes[at + 1] - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : MONTH_DAYS[month - 1];
}

/** Days since 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}
