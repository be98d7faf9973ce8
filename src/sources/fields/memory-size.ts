import { MALFORMED } from './malformed.ts';
import { readRoundedCount } from './rounded-count.ts';

const POINT = 46;
const ZERO = 48;
const NINE = 57;
/** The bit that tells a small letter from its capital. */
const SMALL = 32;
const LETTER_B = 'b'.charCodeAt(0);
/** Each counts 1024 of the one before. */
const PREFIXES = Uint8Array.from(Buffer.from('kmgtp'));

/**
 * Reads a memory size: a decimal count of some unit, or a number with a PBS suffix (`35760kb`, `12.27M`).
 * @returns whole bytes; NaN where the field is empty, MALFORMED where it is no size.
 */
export function readMemorySize(
  view: DataView<ArrayBuffer>,
  start: number,
  end: number,
  bytesPerUnit: number,
): number {
  // Most sizes end with a digit, which no suffix does.
  if (start === end || view.getUint8(end - 1) <= NINE) {
    return readRoundedCount(view, start, end, bytesPerUnit);
  }
  const beforeB = (view.getUint8(end - 1) | SMALL) === LETTER_B ? end - 1 : end;
  const prefix = beforeB > start ? PREFIXES.indexOf(view.getUint8(beforeB - 1) | SMALL) : -1;
  const numberEnd = prefix === -1 ? beforeB : beforeB - 1;
  if (numberEnd === end) return MALFORMED;
  if (!isDigitsAndPoint(view, start, numberEnd)) return MALFORMED;
  return readRoundedCount(view, start, numberEnd, 1024 ** (prefix + 1));
}

/** A number before a suffix has no sign, no exponent, and digits on both sides of its point. */
function isDigitsAndPoint(view: DataView<ArrayBuffer>, start: number, end: number): boolean {
  if (start === end || view.getUint8(start) === POINT || view.getUint8(end - 1) === POINT)
    return false;
  for (let i = start; i < end; i++) {
    const byte = view.getUint8(i);
    if ((byte < ZERO || byte > NINE) && byte !== POINT) return false;
  }
  return true;
}
