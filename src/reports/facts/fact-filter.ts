import { type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { Quantity } from './aggregate.ts';
import type { JobColumns } from './jobs-of-window.ts';

/** Which jobs count. */
export interface FactFilter {
  readonly facts: readonly JobFact[];
  /** Sets the marks of jobs that do not count to 0. */
  sift(jobs: JobColumns, marks: Uint8Array): void;
}

/** Jobs that have one of these ids in a fact. */
export function withId(fact: JobFact, ids: ReadonlySet<number>): FactFilter {
  // Ids are few and in a row, and a mark for each is found faster than in a set.
  let highestId = 0;
  for (const id of ids) highestId = Math.max(highestId, id);
  const isAmong = new Uint8Array(highestId + 1);
  for (const id of ids) isAmong[id] = 1;
  return {
    facts: [fact],
    sift(jobs, marks) {
      const numbers = jobs.of(fact);
      // NaN becomes 0, which is no id.
      for (let i = 0; i < jobs.jobs; i++) if (isAmong[numbers[i] | 0] !== 1) marks[i] = 0;
    },
  };
}

/** Jobs of which a quantity is known and within bounds, both included. */
export function withinBounds(quantity: Quantity, min: number, max: number): FactFilter {
  const scratch = new Float64Array(SEGMENT_IDS);
  return {
    facts: quantity.facts,
    sift(jobs, marks) {
      const values = quantity.of(jobs, scratch);
      for (let i = 0; i < jobs.jobs; i++) if (!(values[i] >= min && values[i] <= max)) marks[i] = 0;
    },
  };
}

/** Jobs that say a fact. */
export function withKnown(fact: JobFact): FactFilter {
  return {
    facts: [fact],
    sift(jobs, marks) {
      const numbers = jobs.of(fact);
      for (let i = 0; i < jobs.jobs; i++) if (Number.isNaN(numbers[i])) marks[i] = 0;
    },
  };
}

/** Jobs that had GPUs or were charged for any, or all others. */
export function withGpus(has: boolean): FactFilter {
  return {
    facts: ['numgpus', 'gpu_hours'],
    sift(jobs, marks) {
      const [gpus, hours] = [jobs.of('numgpus'), jobs.of('gpu_hours')];
      for (let i = 0; i < jobs.jobs; i++) if ((gpus[i] > 0 || hours[i] > 0) !== has) marks[i] = 0;
    },
  };
}
