/** More make a longer statement than is good for it; there are few factors. */
const MOST = 8;

/** Which factor has become of which. */
export class FactorPairs {
  /** Whether each factor before stands for one now. */
  areUnique = true;
  readonly #before: number[] = [];
  readonly #now: number[] = [];

  add(before: number, now: number): void {
    if (!this.areUnique) return;
    for (let i = 0; i < this.#before.length; i++) {
      if (this.#before[i] !== before) continue;
      if (this.#now[i] !== now) this.areUnique = false;
      return;
    }
    if (this.#before.length === MOST) {
      this.areUnique = false;
      return;
    }
    this.#before.push(before);
    this.#now.push(now);
  }

  /** The pairs of different factors, one after the other; none where they are not unique. */
  differing(): Float64Array<ArrayBuffer> {
    if (!this.areUnique) return new Float64Array();
    const pairs = this.#before.map((before, i) => [before, this.#now[i]]);
    return Float64Array.from(pairs.filter(([before, now]) => before !== now).flat());
  }
}
