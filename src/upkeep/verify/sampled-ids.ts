/** Increment of Weyl's sequence in the mulberry32 generator. */
const STEP = 0x6d2b79f5;

/**
 * Ids from all over a range, ascending: one at a random place in each of so many equal parts of it.
 * @param seed a whole number; the same one gives the same ids.
 */
export function* sampledIds(
  first: number,
  last: number,
  count: number,
  seed: number,
): Generator<number> {
  const width = (last - first + 1) / count;
  let state = Math.imul(seed + 1, STEP);
  for (let part = 0; part < count; part++) {
    state = (state + STEP) | 0;
    yield first + Math.floor((part + unitInterval(state)) * width);
  }
}

/** Mixes 32 bits, as mulberry32 does, to a number from 0 to below 1. */
function unitInterval(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
