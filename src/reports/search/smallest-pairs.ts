/**
 * Keeps the smallest of many pairs of numbers, by the first number and where that is the same by the second: a
 * heap that has the largest of those kept on top.
 */
export class SmallestPairs {
  readonly #firsts: Float64Array;
  readonly #seconds: Float64Array;
  #count = 0;

  /** @param most how many are kept. */
  constructor(most: number) {
    this.#firsts = new Float64Array(most);
    this.#seconds = new Float64Array(most);
  }

  /** A pair with a larger first number is not kept. */
  get bound(): number {
    return this.#count < this.#firsts.length ? Number.POSITIVE_INFINITY : this.#firsts[0];
  }

  add(first: number, second: number): void {
    if (this.#count < this.#firsts.length) this.#rise(this.#count++, first, second);
    else if (this.#isLarger(0, first, second)) this.#sink(first, second);
  }

  /** The second numbers of those kept, from the smallest pair to the largest. */
  seconds(): number[] {
    const [firsts, seconds] = [this.#firsts, this.#seconds];
    return Array.from({ length: this.#count }, (_, i) => i)
      .sort((a, b) => (this.#isLarger(a, firsts[b], seconds[b]) ? 1 : -1))
      .map((i) => seconds[i]);
  }

  #isLarger(i: number, first: number, second: number): boolean {
    const own = this.#firsts[i];
    return own > first || (own === first && this.#seconds[i] > second);
  }

  #rise(from: number, first: number, second: number): void {
    let i = from;
    while (i > 0) {
      const above = (i - 1) >> 1;
      if (this.#isLarger(above, first, second)) break;
      this.#move(above, i);
      i = above;
    }
    this.#put(i, first, second);
  }

  /** Puts a pair in the place of the largest. */
  #sink(first: number, second: number): void {
    let i = 0;
    for (;;) {
      let below = 2 * i + 1;
      if (below >= this.#count) break;
      const other = below + 1;
      if (other < this.#count) {
        if (this.#isLarger(other, this.#firsts[below], this.#seconds[below])) below = other;
      }
      if (!this.#isLarger(below, first, second)) break;
      this.#move(below, i);
      i = below;
    }
    this.#put(i, first, second);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#firsts[from], this.#seconds[from]);
  }

  #put(i: number, first: number, second: number): void {
    this.#firsts[i] = first;
    this.#seconds[i] = second;
  }
}
