import { NUMBER } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { Rejection } from '../reject.ts';

const TIMES = [
  { column: NUMBER.submit, label: 'Job Submit' },
  { column: NUMBER.eligible, label: 'Eligible Time' },
  { column: NUMBER.start, label: 'Job Start' },
  { column: NUMBER.end, label: 'Job End' },
];

/** A run time may differ by this much from end - start without being another hour. */
const SAME_RUN_SECONDS = 900;

/**
 * Turns the wall-clock times of the current row into instants.
 *
 * In the hour that autumn repeats, a reading means two instants. Start and end are taken such that
 * end - start is the elapsed time; where that can't tell, the earlier instant is taken and the job counted.
 * Submission and eligibility are taken as the earlier instant, which alone keeps their order for sure.
 */
export class LocalTimeResolver {
  /** Jobs with a start or end that nothing decides. */
  undecided = 0;
  readonly #clock: ZoneClock;
  readonly #builder: JobBatchBuilder;

  constructor(clock: ZoneClock, builder: JobBatchBuilder) {
    this.#clock = clock;
    this.#builder = builder;
  }

  /** @throws Rejection for a reading in the hour that spring skips. */
  resolveRow(): void {
    for (let i = 0; i < TIMES.length; i++) {
      const { column, label } = TIMES[i];
      const localSeconds = this.#builder.number(column);
      if (Number.isNaN(localSeconds)) continue;
      const utcSeconds = this.#clock.utcFromLocal(localSeconds);
      if (Number.isNaN(utcSeconds)) {
        throw new Rejection(
          'skipped-hour',
          `"${label}" falls in the hour that ${this.#clock.zone} skips in spring`,
        );
      }
      this.#builder.setNumber(column, utcSeconds);
    }
    const start = this.#builder.number(NUMBER.start);
    const end = this.#builder.number(NUMBER.end);
    const startRepeat = this.#clock.repeatOf(start);
    const endRepeat = this.#clock.repeatOf(end);
    // NaN, the usual case, is the only number that is not itself.
    if (Number.isNaN(startRepeat) && Number.isNaN(endRepeat)) return;
    this.#decide([start, startRepeat], [end, endRepeat]);
  }

  #decide(starts: number[], ends: number[]): void {
    const elapsed = this.#builder.number(NUMBER.elapsed);
    const readings = starts
      .flatMap((start) =>
        ends.map((end) => ({ start, end, error: Math.abs(end - start - elapsed) })),
      )
      .filter(({ error }) => error <= SAME_RUN_SECONDS)
      .sort((a, b) => a.error - b.error || a.start - b.start || a.end - b.end);
    if (readings.length !== 1) this.undecided++;
    if (readings.length === 0) return;
    this.#builder.setNumber(NUMBER.start, readings[0].start);
    this.#builder.setNumber(NUMBER.end, readings[0].end);
  }
}
