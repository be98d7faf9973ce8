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
  const placed = new PlacedJobs(db);
  const beyond: TurnedPlace =
    behind === null
      ? { turn, key: Number.NEGATIVE_INFINITY, at: Number.NEGATIVE_INFINITY }
      : {
          turn,
          key: turn * (behind.value ?? UNKNOWN),
          at: turn * placed.borderOf(behind.id, descending),
        };
  const first = new SmallestPairs(Math.min(most, allJobs));
  const scratch = new Float64Array(SEGMENT_IDS);
  for (const jobs of jobsOfWindow(db, window, [...quantity.facts, 'place'], filters)) {
    addJobs(first, quantity.of(jobs, scratch), jobs.of('place'), jobs.jobs, beyond);
  }
  return first.seconds().map((at) => placed.idAt(turn * at));
}

/** Stands for a number that is not known; no job has it. */
const UNKNOWN = Number.NEGATIVE_INFINITY;

/** What is turned round where the order descends: a number and a place that jobs must be beyond. */
interface TurnedPlace {
  readonly turn: 1 | -1;
  readonly key: number;
  readonly at: number;
}

function addJobs(
  first: SmallestPairs,
  values: Float64Array,
  places: Float64Array,
  count: number,
  beyond: TurnedPlace,
): void {
  const { turn } = beyond;
  let { bound } = first;
  // Of equal ones the first in the order comes first, so that the others are passed over.
  for (let n = 0, i = turn === 1 ? 0 : count - 1; n < count; n++, i += turn) {
    const key = turn * (Number.isNaN(values[i]) ? UNKNOWN : values[i]);
    if (key > bound || key < beyond.key) continue;
    const at = turn * places[i];
    if (key === beyond.key && at <= beyond.at) continue;
    first.add(key, at);
    bound = first.bound;
  }
}
