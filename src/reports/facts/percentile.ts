const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
/** Below this a comparison sort is as fast. */
const FEW = 4096;

/**
 * @param sorted ascending, at least one number.
 * @param percent 0 to 100.
 * @returns the number at that share of the way from the first to the last, between two of them in proportion.
 */
export function percentile(sorted: ArrayLike<number>, percent: number): number {
  const place = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(place);
  const value = sorted[below];
  return place === below ? value : value + (sorted[below + 1] - value) * (place - below);
}

/** The numbers in ascending order; they may be sorted in place. */
export function sortedNumbers(numbers: Float64Array): ArrayLike<number> {
  if (numbers.length < FEW || !areShortWhole(numbers)) return numbers.sort();
  return radixSorted(Uint32Array.from(numbers));
}

/** Whole numbers digit by digit, the lowest first: for millions of them several times faster than comparing. */
function radixSorted(numbers: Uint32Array<ArrayBuffer>): Uint32Array {
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) if (numbers[i] > largest) largest = numbers[i];
  let from = numbers;
  let to = new Uint32Array(numbers.length);
  const ends = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32 && largest >>> shift > 0; shift += DIGIT_BITS) {
    ends.fill(0);
    for (let i = 0; i < from.length; i++) ends[(from[i] >>> shift) & (DIGITS - 1)]++;
    for (let digit = 1; digit < DIGITS; digit++) ends[digit] += ends[digit - 1];
    for (let i = from.length - 1; i >= 0; i--) {
      to[--ends[(from[i] >>> shift) & (DIGITS - 1)]] = from[i];
    }
    [from, to] = [to, from];
  }
  return from;
}

function areShortWhole(numbers: Float64Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] >>> 0 !== numbers[i]) return false;
  return true;
}
