import type { HistoryOptions } from './history-options.ts';

/** Which of the jobs of a history, in the order in which they end, are spoilt: the same in every format. */
export class BrokenPlaces {
  readonly #broken: number;
  readonly #records: number;
  #soFar = 0;

  constructor({ jobs, broken }: Pick<HistoryOptions, 'jobs' | 'broken'>) {
    this.#broken = broken;
    this.#records = jobs + broken;
  }

  /**
   * @param place of the record, from 0; to be asked for one after the other.
   * @returns how many broken ones come before, if this one is to be broken.
   */
  ordinalAt(place: number): number | undefined {
    return place === this.#next() ? this.#soFar++ : undefined;
  }

  /** The middle of the nth of equal parts of the history. */
  #next(): number {
    return Math.floor(((this.#soFar + 0.5) * this.#records) / this.#broken);
  }
}
