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

/** 1, 2, 4 and so on, up to the most that there is. */
export function doublingsTo(most: number): number[] {
  const bounds: number[] = [];
  for (let bound = 1; bound < most; bound *= 2) bounds.push(bound);
  return [...bounds, most];
}
