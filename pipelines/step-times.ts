/** How long each step of a run took, in the order in which they were taken. */
export class StepTimes {
  readonly #seconds = new Map<string, number>();

  async measure<Result>(step: string, work: () => Result | Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    const result = await work();
    this.#seconds.set(step, (performance.now() - startedAt) / 1000);
    return result;
  }

  [Symbol.iterator](): IterableIterator<[string, number]> {
    return this.#seconds.entries();
  }
}
