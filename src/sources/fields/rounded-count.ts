import { readDecimal } from './decimal.ts';
import { countable } from './malformed.ts';

/** More than reading a number and multiplying it can be off by, of the product. */
const PRODUCT_ERROR = 2 ** -48;
const PLAIN_DECIMAL = /^(\d+)\.(\d+)$/;

/**
 * Reads a decimal count of some unit as whole smaller ones, rounded as the number that is written there.
 * @param perUnit whole.
 * @returns NaN where the field is empty, MALFORMED where it is no number or can't be counted.
 */
export function readRoundedCount(
  view: DataView<ArrayBuffer>,
  start: number,
  end: number,
  perUnit: number,
): number {
  const product = readDecimal(view, start, end) * perUnit;
  const rounded = Math.round(product);
  // So near to the middle between two whole numbers, an error might have decided. NaN compares as false.
  const inDoubt = Math.abs(product - rounded) >= 0.5 - product * PRODUCT_ERROR;
  return countable(inDoubt ? roundedExactly(view, start, end, perUnit, rounded) : rounded);
}

function roundedExactly(
  view: DataView<ArrayBuffer>,
  start: number,
  end: number,
  perUnit: number,
  otherwise: number,
): number {
  const text = Buffer.from(view.buffer, view.byteOffset + start, end - start).toString('latin1');
  const parts = PLAIN_DECIMAL.exec(text);
  if (parts === null) return otherwise;
  const [, whole, fraction] = parts;
  const one = 10n ** BigInt(fraction.length);
  return Number((2n * BigInt(whole + fraction) * BigInt(perUnit) + one) / (2n * one));
}
