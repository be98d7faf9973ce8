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

/** Python writes at least two digits of exponent: `1e-05`, `2.5e+16`. */
function withTwoDigitExponent(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
