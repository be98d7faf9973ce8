/** Places of values, largest value first; those that are equal in their order, those that are not known last. */
export function largestFirst(values: readonly (number | null)[]): number[] {
  const size = (place: number): number => values[place] ?? Number.NEGATIVE_INFINITY;
  return values.map((_, place) => place).sort((a, b) => compared(size(b), size(a)) || a - b);
}

/** What stands for those that are not shown. */
export function othersName(count: number): string {
  return count === 1 ? '1 other' : `${count.toLocaleString('en-US')} others`;
}

/** A difference of infinities would be no number. */
function compared(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
