import { readDecimal } from './decimal.ts';
import { countable, MALFORMED } from './malformed.ts';

const SUFFIX_FORM = /^(\d+(?:\.\d+)?)([kmgtp]?)b?$/i;
const BYTES_PER_SUFFIX = new Map([
  ['', 1],
  ['k', 2 ** 10],
  ['m', 2 ** 20],
  ['g', 2 ** 30],
  ['t', 2 ** 40],
  ['p', 2 ** 50],
]);

/**
 * Reads a memory size: a decimal count of some unit, or a number with a PBS suffix (`35760kb`, `12.27M`).
 * @returns whole bytes; NaN where the field is empty, MALFORMED where it is no size.
 */
export function readMemorySize(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  bytesPerUnit: number,
): number {
  const count = readDecimal(bytes, start, end);
  if (count === MALFORMED) return readSuffixForm(bytes, start, end);
  // Math.round keeps NaN, the NULL of an empty field.
  return countable(Math.round(count * bytesPerUnit));
}

function readSuffixForm(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  const match = SUFFIX_FORM.exec(text);
  if (match === null) return MALFORMED;
  const bytesPerSuffix = BYTES_PER_SUFFIX.get(match[2].toLowerCase()) ?? Number.NaN;
  return countable(Math.round(Number(match[1]) * bytesPerSuffix));
}
