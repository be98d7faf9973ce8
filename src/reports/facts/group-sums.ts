/**
 * Sums of groups, several for each, with what floating-point addition loses added up beside (Knuth's exact sum of
 * two), so that the order of the jobs does not matter. What a group has lies side by side in memory.
 */
export class GroupSums {
  readonly #width: number;
  readonly #cells: Float64Array;

  /** @param width how many sums a group has. */
  constructor(groups: number, width: number) {
    this.#width = 2 * width;
    this.#cells = new Float64Array(groups * this.#width);
  }

  /** @param value NaN adds nothing. */
  add(group: number, place: number, value: number): void {
    // Neither 0 nor NaN, of which there are many.
    if (!(value > 0 || value < 0)) return;
    const cells = this.#cells;
    const at = group * this.#width + 2 * place;
    const before = cells[at];
    const sum = before + value;
    const added = sum - before;
    cells[at] = sum;
    cells[at + 1] += before - (sum - added) + (value - added);
  }

  sum(group: number, place: number): number {
    const at = group * this.#width + 2 * place;
    return this.#cells[at] + this.#cells[at + 1];
  }
}
