/** The name that stands for standard input among files. */
export const STANDARD_INPUT = '-';
