import { readDigits } from './numbers';

const POINT: u8 = 46;
const OPEN_BRACKET: u8 = 91;
const CLOSE_BRACKET: u8 = 93;

/** The number of the job id that was read last, and its index in an array, NaN where it has none. */
export let shortId: f64 = 0;
export let arrayIndex: f64 = NaN;

/**
 * Reads `4519896.desched1` or `6049117[28].desched1`; the server may be missing.
 * @returns whether it is one of these forms; others are known to the reader in JavaScript.
 */
export function readJobId(start: usize, end: usize): bool {
  let at = digitsEnd(start, end);
  const number = readDigits(start, at);
  arrayIndex = NaN;
  if (at < end && load<u8>(at) === OPEN_BRACKET) {
    const indexStart = at + 1;
    at = digitsEnd(indexStart, end);
    const index = readDigits(indexStart, at);
    if (index < 0 || at === end || load<u8>(at) !== CLOSE_BRACKET) return false;
    arrayIndex = <f64>index;
    at++;
  }
  shortId = <f64>number;
  return number >= 0 && (at === end || (load<u8>(at) === POINT && at + 1 < end));
}

function digitsEnd(start: usize, end: usize): usize {
  let at = start;
  while (at < end && <u32>load<u8>(at) - 48 <= 9) at++;
  return at;
}
