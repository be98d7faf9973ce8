/**
 * What a field reader returns for text that is not of its form. No quantity of a job is infinite, so it
 * cannot be mistaken for a value; an empty field is NaN, which stands for NULL.
 */
export const MALFORMED = Number.POSITIVE_INFINITY;
