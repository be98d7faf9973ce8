import { DOUBT } from './numbers';

const LENGTH: i32 = 19;
const DAY_SECONDS: i64 = 86400;

/** Local times from here up to there mean one instant, by this offset. */
export let plainFrom: f64 = 0;
export let plainTo: f64 = 0;
export let plainOffset: f64 = 0;
export function setPlainTimes(from: f64, to: f64, offset: f64): void {
  plainFrom = from;
  plainTo = to;
  plainOffset = offset;
}

let dateHead: u64 = 0;
let dateTail: u16 = 0;
let days: i64 = 0;

/** "HH:MM:SS" without the bits that digits and colons have. */
const CLOCK: u64 = 0x30303a30303a3030;
const CLOCK_SIXES: u64 = 0x0606000606000606;
const CLOCK_BITS: u64 = 0xf0f0fff0f0fff0f0;

export function readTime(start: usize, end: usize): f64 {
  if (start === end) return NaN;
  if (<i32>(end - start) !== LENGTH) return DOUBT;
  const separator = load<u8>(start, 10);
  if (separator !== 32 && separator !== 84) return DOUBT;
  const clock = load<u64>(start, 11) ^ CLOCK;
  if (((clock | (clock + CLOCK_SIXES)) & CLOCK_BITS) !== 0) return DOUBT;
  const hour = <u32>(clock & 15) * 10 + (<u32>(clock >> 8) & 15);
  const minute = (<u32>(clock >> 24) & 15) * 10 + (<u32>(clock >> 32) & 15);
  const second = (<u32>(clock >> 48) & 15) * 10 + (<u32>(clock >> 56) & 15);
  if (hour > 23 || minute > 59 || second > 59) return DOUBT;
  if (load<u64>(start) !== dateHead || load<u16>(start, 8) !== dateTail) {
    if (!readDate(start)) return DOUBT;
  }
  const local = <f64>(days * DAY_SECONDS + <i64>((hour * 60 + minute) * 60 + second));
  return local >= plainFrom && local < plainTo ? local - plainOffset : DOUBT;
}

const DATE: u64 = 0x2d30302d30303030;
const DATE_SIXES: u64 = 0x0006060006060606;
const DATE_BITS: u64 = 0xfff0f0fff0f0f0f0;

function readDate(start: usize): bool {
  const head = load<u64>(start);
  const tail = load<u16>(start, 8);
  const date = head ^ DATE;
  if (((date | (date + DATE_SIXES)) & DATE_BITS) !== 0) return false;
  const low = <u32>(tail & 255) - 48;
  const high = <u32>(tail >> 8) - 48;
  if (low > 9 || high > 9) return false;
  const year =
    (<i32>(date & 15) * 10 + (<i32>(date >> 8) & 15)) * 100 +
    (<i32>(date >> 16) & 15) * 10 +
    (<i32>(date >> 24) & 15);
  const month = (<i32>(date >> 40) & 15) * 10 + (<i32>(date >> 48) & 15);
  const day = <i32>(low * 10 + high);
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    return false;
  }
  dateHead = head;
  dateTail = tail;
  days = daysFromCivil(year, month, day);
  return true;
}

function daysInMonth(year: i32, month: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

function daysFromCivil(year: i32, month: i32, day: i32): i64 {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
  return <i64>(
    (marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719468)
  );
}
