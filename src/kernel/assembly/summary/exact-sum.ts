/** The arithmetic of `exact-sum.ts` in the ledger: change one and you must change the other. */
const COARSE_UNITS: f64 = 1024;
const FINE_UNITS: f64 = 1099511627776;
const FINEST_UNITS: f64 = FINE_UNITS * 1073741824;
const PART_BYTES: usize = 8;

/** Bytes of the parts of a sum. */
export const SUM_BYTES: usize = 3 * PART_BYTES;

/** Adds a number to a sum whose parts stand there. */
export function addToExactSum(at: usize, hours: f64): void {
  const coarse = floor(hours * COARSE_UNITS + 0.5);
  const belowCoarse = hours - coarse / COARSE_UNITS;
  const fine = floor(belowCoarse * FINE_UNITS + 0.5);
  const belowFine = belowCoarse - fine / FINE_UNITS;
  store<f64>(at, load<f64>(at) + coarse);
  store<f64>(at, load<f64>(at, PART_BYTES) + fine, PART_BYTES);
  const finest = floor(belowFine * FINEST_UNITS + 0.5);
  store<f64>(at, load<f64>(at, 2 * PART_BYTES) + finest, 2 * PART_BYTES);
}
