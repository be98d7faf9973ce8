/**
 * The bounds of bands that are right-sized to a machine: those below the most that a job can have of it, then that
 * most itself, so that the open band above holds only what cannot be. All bounds where it is not known.
 * @param bounds ascending.
 */
export function boundsUpTo(most: number | null, bounds: readonly number[]): number[] {
  return most === null ? [...bounds] : [...bounds.filter((bound) => bound < most), most];
}
