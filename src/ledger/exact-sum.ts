/**
 * Sums of hours that do not depend on the order of the jobs, so that a summary is the same to the last bit
 * whichever way a ledger grew. Each number is cut into three parts, whole multiples of ever finer units; the
 * sums of each part are whole numbers below 2^53 (to 2^43 hours and 2^23 jobs in one sum) and thereby exact.
 * What is cut off is less than 2^-71 of an hour. The kernel has the same arithmetic: change one and you must change
 * the other.
 */
export const PARTS = 3;

/** How many units of each part are in an hour. */
const COARSE_UNITS = 2 ** 10;
const FINE_UNITS = 2 ** 40;
const FINEST_UNITS = 2 ** 70;

/** Adds a number to a sum whose parts stand at `at` and after it. */
export function addToExactSum(parts: Float64Array, at: number, hours: number): void {
  const coarse = Math.floor(hours * COARSE_UNITS + 0.5);
  const belowCoarse = hours - coarse / COARSE_UNITS;
  const fine = Math.floor(belowCoarse * FINE_UNITS + 0.5);
  const belowFine = belowCoarse - fine / FINE_UNITS;
  parts[at] += coarse;
  parts[at + 1] += fine;
  parts[at + 2] += Math.floor(belowFine * FINEST_UNITS + 0.5);
}

/** Takes a number out again that was added to a sum, or is to be. */
export function subtractFromExactSum(parts: Float64Array, at: number, hours: number): void {
  const coarse = Math.floor(hours * COARSE_UNITS + 0.5);
  const belowCoarse = hours - coarse / COARSE_UNITS;
  const fine = Math.floor(belowCoarse * FINE_UNITS + 0.5);
  const belowFine = belowCoarse - fine / FINE_UNITS;
  parts[at] -= coarse;
  parts[at + 1] -= fine;
  parts[at + 2] -= Math.floor(belowFine * FINEST_UNITS + 0.5);
}

/** The sum whose parts stand at `at` and after it. */
export function exactSum(parts: Float64Array, at: number): number {
  return parts[at] / COARSE_UNITS + (parts[at + 1] / FINE_UNITS + parts[at + 2] / FINEST_UNITS);
}

/** The same sum as an SQL expression over the rows of a group. */
export function exactSumSql(hours: string): string {
  const [coarseUnit, fineUnit, finestUnit] = [COARSE_UNITS, FINE_UNITS, FINEST_UNITS].map((unit) =>
    unit.toFixed(1),
  );
  const coarse = `floor((${hours}) * ${coarseUnit} + 0.5)`;
  const belowCoarse = `((${hours}) - ${coarse} / ${coarseUnit})`;
  const fine = `floor(${belowCoarse} * ${fineUnit} + 0.5)`;
  const belowFine = `(${belowCoarse} - ${fine} / ${fineUnit})`;
  const finest = `floor(${belowFine} * ${finestUnit} + 0.5)`;
  return (
    `sum(${coarse}) / ${coarseUnit} + ` +
    `(sum(${fine}) / ${fineUnit} + sum(${finest}) / ${finestUnit})`
  );
}
