/** The largest of any number of values, 0 where none is above it. */
export function largestOf(values: Iterable<number | null>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, value ?? 0);
  return largest;
}
