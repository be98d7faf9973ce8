/** Values from `min` to `max`, both within; open at the top where `max` is null. */
export interface Band {
  readonly label: string;
  readonly min: number;
  readonly max: number | null;
}

/** The line of its own for what is not known. */
export const UNKNOWN_BAND = 'not known';

/**
 * Bands of whole numbers: 0, then each from where the one before ended to the next bound, the last open. So
 * every value is in exactly one.
 * @param bounds ascending; the last value of each band, the first band being 0 alone.
 */
export function wholeBands(bounds: readonly number[], text: (value: number) => string): Band[] {
  const bands: Band[] = [{ label: text(0), min: 0, max: 0 }];
  let min = 1;
  for (const max of bounds) {
    bands.push({ label: min === max ? text(min) : `${text(min)}-${text(max)}`, min, max });
    min = max + 1;
  }
  bands.push({ label: `> ${text(min - 1)}`, min, max: null });
  return bands;
}

/** Powers of two up to the first that reaches `most`. */
export function powersOfTwo(most: number): number[] {
  const bounds = [1];
  while (bounds[bounds.length - 1] < most) bounds.push(2 * bounds[bounds.length - 1]);
  return bounds;
}

/** SQL that gives the number of the band that an expression is in, -1 where it is NULL. */
export function bandSql(expression: string, bands: readonly Band[]): string {
  const cases = bands
    .filter(({ max }) => max !== null)
    .map(({ max }, i) => `WHEN ${expression} <= ${max} THEN ${i}`);
  return `CASE WHEN ${expression} IS NULL THEN -1 ${cases.join(' ')} ELSE ${bands.length - 1} END`;
}
