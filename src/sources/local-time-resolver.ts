import { NUMBER } from '../job/job-batch.ts';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';
import type { ZoneClock } from '../site/zone-clock.ts';
import { readEpochSeconds } from './fields/epoch-seconds.ts';
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
  /** Columns of the current row that hold instants already; mostly none. */
  readonly #instants: number[] = [];

  /** @param times the columns of times that the source has. */
  constructor(clock: ZoneClock, builder: JobBatchBuilder, times: readonly LabelledTime[]) {
    this.#clock = clock;
    this.#builder = builder;
    this.#times = times;
  }

  /**
   * Reads epoch seconds, which an array as a whole keeps where its members have a time of day; they need no
   * resolving.
   * @returns NaN where the field is empty, MALFORMED where it is not `0` or as long as epochs are.
   */
  readEpoch(column: number, bytes: Uint8Array<ArrayBuffer>, start: number, end: number): number {
    const utcSeconds = readEpochSeconds(bytes, start, end);
    if (utcSeconds === MALFORMED) return MALFORMED;
    this.#instants.push(column);
    return utcSeconds;
  }

  /**
   * @returns whether the record decides its start and end.
   * @throws Rejection for a reading in the hour that spring skips.
   */
  resolveRow(): boolean {
    for (let i = 0; i < this.#times.length; i++) {
      const { column, label } = this.#times[i];
      const localSeconds = this.#builder.number(column);
      if (Number.isNaN(localSeconds) || this.#instants.includes(column)) continue;
      const utcSeconds = this.#clock.utcFromLocal(localSeconds);
      if (Number.isNaN(utcSeconds)) throw this.#skipped(label, localSeconds);
      this.#builder.setNumber(column, utcSeconds);
    }
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

  /** Before a row is read. */
  begin(): void {
    this.#instants.length = 0;
  }

  #repeatOf(column: number, utcSeconds: number): number {
    return this.#instants.includes(column) ? Number.NaN : this.#clock.repeatOf(utcSeconds);
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
