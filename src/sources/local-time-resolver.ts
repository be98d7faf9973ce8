import { NUMBER } from '../job/job-batch.ts';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';
import type { ZoneClock } from '../site/zone-clock.ts';
import { readEpochSeconds } from './fields/epoch-seconds.ts';
import { LocalTimeReader } from './fields/local-time.ts';
import { MALFORMED } from './fields/malformed.ts';
import { Rejection } from './reject.ts';

/** A column of times, as its source names it. */
export interface LabelledTime {
  readonly column: number;
  readonly label: string;
}

/** A run time may differ by this much from end - start without being another hour. */
const SAME_RUN_SECONDS = 900;

/**
 * Turns the wall-clock times of the current row into instants.
 *
 * In the hour that autumn repeats, a reading means two instants. Submission and eligibility are taken as the
 * earlier one. Start and end are taken in the order submission, start, end such that end - start is the
 * elapsed time; where that can't tell, the earlier instants are taken.
 */
export class LocalTimeResolver {
  readonly #clock: ZoneClock;
  readonly #builder: JobBatchBuilder;
  readonly #times: readonly LabelledTime[];
  readonly #reader: LocalTimeReader;
  /** The columns of the current row whose readings wait for `resolveRow`, a bit for each; mostly none. */
  #waiting = 0;

  /** @param times the columns of times that the source has. */
  constructor(clock: ZoneClock, builder: JobBatchBuilder, times: readonly LabelledTime[]) {
    this.#clock = clock;
    this.#builder = builder;
    this.#times = times;
    this.#reader = new LocalTimeReader(builder.view);
  }

  /** Before a row is read. */
  begin(): void {
    this.#waiting = 0;
  }

  /**
   * Reads a time at [start, end) of the batch's bytes: a wall-clock reading or, as an array as a whole keeps
   * them where its members have a time of day, epoch seconds.
   * @returns what is to be set as the number of the column; NaN where the field is empty, MALFORMED where
   * it is neither.
   */
  read(column: number, start: number, end: number): number {
    const localSeconds = this.#reader.read(start, end);
    return localSeconds === MALFORMED
      ? readEpochSeconds(this.#builder.bytes, start, end)
      : this.instantOf(column, localSeconds);
  }

  /**
   * @returns the instant of a reading that means just one; any other as it is, for `resolveRow` settles it.
   */
  instantOf(column: number, localSeconds: number): number {
    const utcSeconds = this.#clock.onlyInstantOf(localSeconds);
    if (!Number.isNaN(utcSeconds)) return utcSeconds;
    if (!Number.isNaN(localSeconds)) this.#waiting |= 1 << column;
    return localSeconds;
  }

  /**
   * Once all times and the elapsed time of the row are set.
   * @returns whether the record decides its start and end.
   * @throws Rejection for a reading in the hour that spring skips.
   */
  resolveRow(): boolean {
    if (this.#waiting === 0) return true;
    for (const { column, label } of this.#times) {
      if (!this.#isWaiting(column)) continue;
      const localSeconds = this.#builder.number(column);
      const utcSeconds = this.#clock.utcFromLocal(localSeconds);
      if (Number.isNaN(utcSeconds)) throw this.#skipped(label, localSeconds);
      this.#builder.setNumber(column, utcSeconds);
    }
    return this.#resolveRun();
  }

  #isWaiting(column: number): boolean {
    return (this.#waiting & (1 << column)) !== 0;
  }

  #resolveRun(): boolean {
    const start = this.#builder.number(NUMBER.start);
    const end = this.#builder.number(NUMBER.end);
    const startRepeat = this.#repeatOf(NUMBER.start, start);
    const endRepeat = this.#repeatOf(NUMBER.end, end);
    if (Number.isNaN(startRepeat) && Number.isNaN(endRepeat)) return true;
    const possible = this.#possibleRuns(
      Number.isNaN(startRepeat) ? [start] : [start, startRepeat],
      Number.isNaN(endRepeat) ? [end] : [end, endRepeat],
    );
    if (possible.length > 0) {
      this.#builder.setNumber(NUMBER.start, possible[0].start);
      this.#builder.setNumber(NUMBER.end, possible[0].end);
    }
    return possible.length === 1;
  }

  #repeatOf(column: number, utcSeconds: number): number {
    return this.#isWaiting(column) ? this.#clock.repeatOf(utcSeconds) : Number.NaN;
  }

  /** The readings that fit the run time, or where none does, all that keep the order; earliest first. */
  #possibleRuns(starts: readonly number[], ends: readonly number[]): Run[] {
    const submit = this.#builder.number(NUMBER.submit);
    const elapsed = this.#builder.number(NUMBER.elapsed);
    // Comparisons with NaN, a time that is not known, are false and rule nothing out.
    const inOrder = starts
      .flatMap((start) => ends.map((end) => ({ start, end })))
      .filter(({ start, end }) => !(start < submit || end < start || end < submit));
    const fitting = inOrder.filter(
      ({ start, end }) => Math.abs(end - start - elapsed) <= SAME_RUN_SECONDS,
    );
    return fitting.length > 0 ? fitting : inOrder;
  }

  #skipped(label: string, localSeconds: number): Rejection {
    const reading = new Date(localSeconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return new Rejection(
      'skipped-hour',
      `"${label}" is "${reading}", which falls in the hour that ${this.#clock.zone} skips in spring`,
    );
  }
}

interface Run {
  readonly start: number;
  readonly end: number;
}
