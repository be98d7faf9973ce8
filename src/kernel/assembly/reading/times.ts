import { DOUBT } from './numbers';

/** Of `YYYY-MM-DD HH:MM:SS`. */
const LENGTH: i32 = 19;
const SPACE: u8 = 32;
const LETTER_T: u8 = 84;
const DAY_SECONDS: i64 = 86400;

/** `YYYY-MM-` and `HH:MM:SS` as words without the bits that all digits have, and separators have none left. */
const DATE: u64 = 0x2d30302d30303030;
const DATE_SIXES: u64 = 0x0006060006060606;
const DATE_HIGH_BITS: u64 = 0xfff0f0fff0f0f0f0;
const CLOCK: u64 = 0x30303a30303a3030;
const CLOCK_SIXES: u64 = 0x0606000606000606;
const CLOCK_HIGH_BITS: u64 = 0xf0f0fff0f0fff0f0;

/** Readings of the wall clock from here up to there mean one instant, by this offset. */
export let plainFrom: f64 = 0;
export let plainTo: f64 = 0;
export let plainOffset: f64 = 0;

/** The date that was read last, as its bytes and as days since 1970-01-01; history comes almost sorted. */
let yearAndMonth: u64 = 0;
let dayOfMonth: u16 = 0;
let days: i64 = 0;

/** Reads a time of the wall clock that means one instant, as epoch seconds UTC; NaN where it is empty. */
export function readTime(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  if (<i32>(end - start) !== LENGTH) return DOUBT;
  const separator = load<u8>(start, 10);
  if (separator !== SPACE && separator !== LETTER_T) return DOUBT;
  const clock = load<u64>(start, 11) ^ CLOCK;
  if (((clock | (clock + CLOCK_SIXES)) & CLOCK_HIGH_BITS) !== 0) return DOUBT;
  const hour = twoDigits(clock);
  const minute = twoDigits(clock >> 24);
  const second = twoDigits(clock >> 48);
  if (hour > 23 || minute > 59 || second > 59) return DOUBT;
  const dateBefore = load<u64>(start) === yearAndMonth && load<u16>(start, 8) === dayOfMonth;
  if (!dateBefore && !readDate(start)) return DOUBT;
  const local = <f64>(days * DAY_SECONDS + ((hour * 60 + minute) * 60 + second));
  return local >= plainFrom && local < plainTo ? local - plainOffset : DOUBT;
}

/** @returns whether it is a date of the calendar, which is kept. */
function readDate(start: usize): bool {
  const head = load<u64>(start);
  const tail = load<u16>(start, 8);
  const date = head ^ DATE;
  if (((date | (date + DATE_SIXES)) & DATE_HIGH_BITS) !== 0) return false;
  const tens = <u32>(tail & 255) - 48;
  const ones = <u32>(tail >> 8) - 48;
  if (tens > 9 || ones > 9) return false;
  const year = twoDigits(date) * 100 + twoDigits(date >> 16);
  const month = twoDigits(date >> 40);
  const day = <i64>(tens * 10 + ones);
  const valid =
    year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!valid) return false;
  yearAndMonth = head;
  dayOfMonth = tail;
  days = daysFromCivil(year, month, day);
  return true;
}

/** Of the lowest two bytes, the first digit in the lowest. */
function twoDigits(word: u64): i64 {
  return (word & 15) * 10 + ((word >> 8) & 15);
}

function daysInMonth(year: i64, month: i64): i64 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

/** Days since 1970-01-01 in the Gregorian calendar, counting years from March so that leap days come last. */
function daysFromCivil(year: i64, month: i64, day: i64): i64 {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
  const leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
  return marchYear * 365 + leapDays + dayOfYear - 719468;
}
