/**
 * What a field reader returns for text that is not of its form. No quantity of a job is infinite, so it
 * cannot be mistaken for a value; an empty field is NaN, which stands for NULL.
 */
export const MALFORMED = Number.POSITIVE_INFINITY;

/** Keeps NULL and what a ledger can count in whole seconds or bytes; what is negative or more is malformed. */
export function countable(value: number): number {
  return value < 0 || value > Number.MAX_SAFE_INTEGER ? MALFORMED : value;
}
