import { type JobBatch, NUMBER, TEXT } from '../../job/job-batch.ts';
import { TIME_UNITS, type TimeUnit } from './labels.ts';

export interface TimeUnitVerdict {
  /** Also where too few jobs can tell, or no unit fits any better. */
  readonly fits: boolean;
  /** The unit that fits instead of one that does not. */
  readonly better: TimeUnit | null;
}

/** Setting up and clearing away, which end - start holds and elapsed does not, hardly show in longer runs. */
const LEAST_RUN_SECONDS = 300;
const LEAST_JOBS = 5;
const TIME_UNIT_NAMES: readonly TimeUnit[] = ['s', 'm', 'h', 'd'];
/** Each unit is at least 24 times the one below it: as little as this is no other unit. */
const SAME_UNIT_FACTOR = 4;
/** Another unit must fit well, since an export is refused for it. */
const OTHER_UNIT_FACTOR = 2;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/**
 * Tells whether the durations of an export are in the unit that they were read in, by holding the elapsed
 * time of its jobs against end - start.
 * @param batch the first jobs of an export.
 * @param scaleSeconds seconds in one unit, as the durations were read.
 */
export function timeUnitThatFits(batch: JobBatch, scaleSeconds: number): TimeUnitVerdict {
  const ratios = runRatios(batch);
  if (ratios.length < LEAST_JOBS) return { fits: true, better: null };
  const trueSeconds = scaleSeconds * median(ratios);
  if (isWithin(SAME_UNIT_FACTOR, trueSeconds, scaleSeconds)) return { fits: true, better: null };
  const better = TIME_UNIT_NAMES.find((unit) =>
    isWithin(OTHER_UNIT_FACTOR, trueSeconds, TIME_UNITS[unit]),
  );
  return { fits: better === undefined, better: better ?? null };
}

/** For each job that can tell: how many times as long as its elapsed time it ran by the clock. */
function runRatios(batch: JobBatch): number[] {
  const ratios = [];
  for (let row = 0; row < batch.rows; row++) {
    const elapsed = numberAt(batch, NUMBER.elapsed, row);
    const run = numberAt(batch, NUMBER.end, row) - numberAt(batch, NUMBER.start, row);
    // Comparisons with NaN, a time that is not known, are false.
    if (elapsed > 0 && run >= LEAST_RUN_SECONDS && !isWholeArray(batch, row)) {
      ratios.push(run / elapsed);
    }
  }
  return ratios;
}

function numberAt(batch: JobBatch, column: number, row: number): number {
  return batch.numbers[column * batch.capacity + row];
}

/** An array as a whole keeps durations in another form than its members. */
function isWholeArray(batch: JobBatch, row: number): boolean {
  const at = TEXT.job_id * batch.capacity + row;
  const start = batch.textStarts[at];
  const id = batch.bytes.subarray(start, start + batch.textLengths[at]);
  const open = id.indexOf(OPEN_BRACKET);
  return open !== -1 && id[open + 1] === CLOSE_BRACKET;
}

/** Of a list that is not empty; it is reordered. */
function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

function isWithin(factor: number, seconds: number, unitSeconds: number): boolean {
  return seconds > unitSeconds / factor && seconds < unitSeconds * factor;
}
