import type { JobFact } from '../../ledger/facts/job-facts.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import type { JobColumns } from './jobs-of-window.ts';

/** Figures of groups of jobs. */
export interface Aggregate {
  readonly columns: readonly ReportColumn[];
  /** What it asks jobs for. */
  readonly facts: readonly JobFact[];
  /** @param groups how many there can be. */
  start(groups: number): Accumulation;
}

/** Figures while jobs are added, many at a time: a loop over columns costs a fraction of one over jobs. */
export interface Accumulation {
  /** @param groupOf the group of each of the jobs. */
  add(jobs: JobColumns, groupOf: Int32Array): void;
  /** Of one group, in the order of the columns. */
  values(group: number): ReportValue[];
}

/** A number that jobs have, by way of their facts. */
export interface Quantity {
  readonly facts: readonly JobFact[];
  /**
   * @param scratch may take the numbers.
   * @returns one for each job, NaN where it is not known.
   */
  of(jobs: JobColumns, scratch: Float64Array): Float64Array;
}

/** A fact as it is. */
export function fact(name: JobFact): Quantity {
  return { facts: [name], of: (jobs) => jobs.of(name) };
}

/** A number of two facts. */
export function ofTwo(
  first: JobFact,
  second: JobFact,
  combine: (first: number, second: number) => number,
): Quantity {
  return {
    facts: [first, second],
    of(jobs, scratch) {
      const [a, b] = [jobs.of(first), jobs.of(second)];
      for (let i = 0; i < jobs.jobs; i++) scratch[i] = combine(a[i], b[i]);
      return scratch;
    },
  };
}
