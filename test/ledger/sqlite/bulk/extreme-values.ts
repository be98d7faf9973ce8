/** Powers of two at which an integer needs another serial type, or a number another kind of arithmetic. */
const POWERS = [7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 52];

/** Whole numbers from 0 to 2^53 - 1 on both sides of every limit. */
export const EXTREME_COUNTS: readonly number[] = [
  0,
  1,
  2,
  ...POWERS.flatMap((power) => [2 ** power - 1, 2 ** power, 2 ** power + 1]),
  Number.MAX_SAFE_INTEGER,
];

/** The same on both sides of 0. */
export const EXTREME_INTEGERS: readonly number[] = [
  ...EXTREME_COUNTS,
  ...EXTREME_COUNTS.filter((value) => value > 0).map((value) => -value),
];

export const EXTREME_REALS: readonly number[] = [
  ...EXTREME_INTEGERS,
  -0,
  0.5,
  -0.1,
  1 / 3,
  2 ** 47 - 0.5,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e300,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** Texts of one to four bytes a character, and what looks like something else. */
export const EXTREME_TEXTS: readonly string[] = [
  '',
  'a',
  '0',
  '1.5',
  'NULL',
  ' ',
  'tab\tand\nline',
  'nul\0inside',
  'ünïcödé',
  '日本語',
  '🚀🚀',
  '\u{10ffff}',
  'x'.repeat(57),
  'x'.repeat(58),
];
