import { MALFORMED } from './malformed.ts';

const LENGTH = 'YYYY-MM-DD HH:MM:SS'.length;
const DASH = 45;
const COLON = 58;
const SPACE = 32;
const LETTER_T = 84;
const DAY_SECONDS = 86_400;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads wall-clock times `YYYY-MM-DD HH:MM:SS` (or with a `T` between) that stand in the same bytes. History
 * comes almost sorted, so the date is mostly that of the time before and is not worked out again.
 */
export class LocalTimeReader {
  readonly #view: DataView<ArrayBuffer>;
  /** The date that was read last, as the bytes of its year, its month between dashes, and its day. */
  #yearBytes = 0x31_39_37_30;
  #monthBytes = 0x2d_30_31_2d;
  #dayBytes = 0x30_31;
  /** Days from 1970-01-01, the first of these dates, to that one. */
  #days = 0;

  constructor(view: DataView<ArrayBuffer>) {
    this.#view = view;
  }

  /**
   * @returns the seconds since 1970-01-01 00:00:00 on the same wall clock of the time at [start, end); NaN
   * where the field is empty, MALFORMED where it is no date and time of the calendar.
   */
  read(start: number, end: number): number {
    if (start === end) return Number.NaN;
    if (end - start !== LENGTH) return MALFORMED;
    const view = this.#view;
    const separators =
      (view.getUint8(start + 10) === SPACE || view.getUint8(start + 10) === LETTER_T) &&
      view.getUint8(start + 13) === COLON &&
      view.getUint8(start + 16) === COLON;
    const hour = twoDigits(view, start + 11);
    const minute = twoDigits(view, start + 14);
    const second = twoDigits(view, start + 17);
    const valid =
      separators &&
      (hour | minute | second) >= 0 &&
      hour <= 23 &&
      minute <= 59 &&
      second <= 59 &&
      (this.#isDateBefore(start) || this.#readDate(start));
    return valid ? this.#days * DAY_SECONDS + ((hour * 60 + minute) * 60 + second) : MALFORMED;
  }

  #isDateBefore(start: number): boolean {
    const view = this.#view;
    return (
      view.getInt16(start + 8) === this.#dayBytes &&
      view.getInt32(start + 4) === this.#monthBytes &&
      view.getInt32(start) === this.#yearBytes
    );
  }

  /** @returns whether it is a date, which is kept. */
  #readDate(start: number): boolean {
    const view = this.#view;
    const century = twoDigits(view, start);
    const yearOfCentury = twoDigits(view, start + 2);
    const year = century * 100 + yearOfCentury;
    const month = twoDigits(view, start + 5);
    const day = twoDigits(view, start + 8);
    const valid =
      view.getUint8(start + 4) === DASH &&
      view.getUint8(start + 7) === DASH &&
      yearOfCentury >= 0 &&
      year >= 1900 &&
      month >= 1 &&
      month <= 12 &&
      day >= 1 &&
      day <= daysInMonth(year, month);
    if (!valid) return false;
    this.#yearBytes = view.getInt32(start);
    this.#monthBytes = view.getInt32(start + 4);
    this.#dayBytes = view.getInt16(start + 8);
    this.#days = daysFromCivil(year, month, day);
    return true;
  }
}

/** @returns -1 where they are none. */
function twoDigits(view: DataView<ArrayBuffer>, at: number): number {
  const tens = view.getUint8(at) - 48;
  const ones = view.getUint8(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
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
