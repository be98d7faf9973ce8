import type Database from 'better-sqlite3';
import { SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { Quantity } from '../facts/aggregate.ts';
import { jobsOfWindow } from '../facts/jobs-of-window.ts';
import type { FactQuestion } from './ask-facts.ts';
import { PlacedJobs } from './placed-jobs.ts';
import { SmallestPairs } from './smallest-pairs.ts';

/** What a job is ordered by, null where it is not known, and its id. */
export interface JobPlace {
  readonly value: number | null;
  readonly id: number;
}

export interface QuantityOrder {
  readonly quantity: Quantity;
  readonly descending: boolean;
}

/**
 * The ids of the first jobs behind a place, in the order of a quantity and where that is the same of their ids. What
 * is not known comes before all numbers.
 *
 * An order that descends is one that ascends of numbers turned round.
 */
export function firstJobs(
  db: Database.Database,
  { allJobs, window, filters }: FactQuestion,
  { quantity, descending }: QuantityOrder,
  behind: JobPlace | null,
  most: number,
): number[] {
  const turn = descending ? -1 : 1;
  const keyOf = (value: number): number => turn * (Number.isNaN(value) ? UNKNOWN : value);
  const placed = new PlacedJobs(db);
  const behindKey = behind === null ? Number.NEGATIVE_INFINITY : keyOf(behind.value ?? Number.NaN);
  const behindAt =
    behind === null ? Number.NEGATIVE_INFINITY : turn * placed.borderOf(behind.id, descending);
  const first = new SmallestPairs(Math.min(most, allJobs));
  const scratch = new Float64Array(SEGMENT_IDS);
  for (const jobs of jobsOfWindow(db, window, [...quantity.facts, 'place'], filters)) {
    const [values, places] = [quantity.of(jobs, scratch), jobs.of('place')];
    for (let n = 0; n < jobs.jobs; n++) {
      // Of equal ones the first in the order comes first, so that the others are passed over.
      const i = descending ? jobs.jobs - 1 - n : n;
      const key = keyOf(values[i]);
      if (key > first.bound || key < behindKey) continue;
      const at = turn * places[i];
      if (key > behindKey || at > behindAt) first.add(key, at);
    }
  }
  return first.seconds().map((at) => placed.idAt(turn * at));
}

/** Stands for a number that is not known; no job has it. */
const UNKNOWN = Number.NEGATIVE_INFINITY;
