/** Sums of groups, with what floating-point addition loses added up beside (Neumaier), and of how many numbers. */
export class GroupSums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  readonly #counts: Float64Array;

  constructor(groups: number) {
    this.#sums = new Float64Array(groups);
    this.#lost = new Float64Array(groups);
    this.#counts = new Float64Array(groups);
  }

  /** @param values NaN adds nothing. */
  add(values: Float64Array, groupOf: Int32Array, count: number): void {
    const [sums, lost, counts] = [this.#sums, this.#lost, this.#counts];
    for (let i = 0; i < count; i++) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      const group = groupOf[i];
      const before = sums[group];
      const sum = before + value;
      lost[group] +=
        Math.abs(before) >= Math.abs(value) ? before - sum + value : value - sum + before;
      sums[group] = sum;
      counts[group]++;
    }
  }

  /** 0 of no numbers. */
  sum(group: number): number {
    return this.#sums[group] + this.#lost[group];
  }

  /** Of how many known numbers. */
  count(group: number): number {
    return this.#counts[group];
  }

  /** Null of no numbers. */
  mean(group: number): number | null {
    return this.count(group) === 0 ? null : this.sum(group) / this.count(group);
  }
}
