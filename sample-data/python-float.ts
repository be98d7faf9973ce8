/**
 * A finite number as Python's `repr(float)` prints it, which is what qhist writes: the same shortest digits
 * as JavaScript's, but with `.0` on whole numbers and an exponent from 1e16 up and below 1e-4.
 */
export function pythonFloat(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return withTwoDigitExponent(value);
  const text = String(value);
  if (!Number.isInteger(value)) return text;
  return Object.is(value, -0) ? '-0.0' : `${text}.0`;
}

/** A number from 0 up with two decimals, as Python's `'{:.2f}'` prints it: the middle goes to the even one. */
export function pythonFixed2(value: number): string {
  // Of all numbers right in the middle of two hundredths, binary has the odd eighths alone.
  const isMiddle = (value * 8) % 2 === 1;
  if (!isMiddle) return value.toFixed(2);
  return ((2 * Math.round(value * 50)) / 100).toFixed(2);
}

/** Python writes at least two digits of exponent: `1e-05`, `2.5e+16`. */
function withTwoDigitExponent(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
