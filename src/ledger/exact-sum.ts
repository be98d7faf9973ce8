/**
 * Sums of hours that do not depend on the order of the jobs, so that a summary is the same to the last bit
 * whichever way a ledger grew. Each number is cut into a multiple of 2^-10 and a multiple of 2^-40 below it;
 * sums of both are exact, since they are whole numbers far under 2^53. What is cut off, less than 2^-41 of
 * an hour a job, is a nanosecond.
 */
const COARSE = 2 ** 10;
const FINE = 2 ** 40;

/** The whole multiple of 2^-10 in a number. */
export function coarsePart(hours: number): number {
  return Math.floor(hours * COARSE + 0.5);
}

/** The whole multiple of 2^-40 in what `coarsePart` leaves. */
export function finePart(hours: number): number {
  return Math.floor((hours - coarsePart(hours) / COARSE) * FINE + 0.5);
}

/** A sum from the sums of its parts. */
export function exactSum(coarseSum: number, fineSum: number): number {
  return coarseSum / COARSE + fineSum / FINE;
}

/** The same sum as an SQL expression over the rows of a group. */
export function exactSumSql(hours: string): string {
  const coarse = `floor((${hours}) * ${COARSE} + 0.5)`;
  const fine = `floor(((${hours}) - ${coarse} / ${COARSE}) * ${FINE} + 0.5)`;
  return `sum(${coarse}) / ${COARSE} + sum(${fine}) / ${FINE}`;
}
