import type { SeededRandom } from './seeded-random.ts';

/** Draws one of some things, each as often as its weight says. */
export class WeightedChoice<T> {
  readonly #things: readonly T[];
  readonly #cumulative: Float64Array;

  constructor(things: readonly T[], weightOf: (thing: T, index: number) => number) {
    if (things.length === 0) throw new RangeError('A choice needs at least one thing to choose.');
    this.#things = things;
    this.#cumulative = new Float64Array(things.length);
    let sum = 0;
    things.forEach((thing, index) => {
      sum += weightOf(thing, index);
      this.#cumulative[index] = sum;
    });
  }

  /** What a number of the things comes to, drawn very often. */
  mean(numberOf: (thing: T) => number): number {
    let sum = 0;
    this.#things.forEach((thing, index) => {
      const weight = this.#cumulative[index] - (index === 0 ? 0 : this.#cumulative[index - 1]);
      sum += weight * numberOf(thing);
    });
    return sum / this.#cumulative[this.#cumulative.length - 1];
  }

  draw(random: SeededRandom): T {
    const cumulative = this.#cumulative;
    const point = random.unit() * cumulative[cumulative.length - 1];
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > point) high = middle;
      else low = middle + 1;
    }
    return this.#things[low];
  }
}

/** Zipf's law with exponent 1: the first of a list counts twice as much as the second. */
export function zipfWeight(_thing: unknown, index: number): number {
  return 1 / (index + 1);
}
