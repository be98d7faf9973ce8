import { type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { Band } from '../bands.ts';
import type { WindowPart } from '../window.ts';
import type { Quantity } from './aggregate.ts';
import type { JobColumns } from './jobs-of-window.ts';

/** By what jobs are put together. */
export interface Grouping {
  readonly facts: readonly JobFact[];
  /** How many there can be; they are numbered from 0. */
  readonly groups: number;
  /** Fills in the group of each job. */
  groupOf(jobs: JobColumns, into: Int32Array): void;
}

/** All jobs together. */
export const together: Grouping = {
  facts: [],
  groups: 1,
  groupOf: ({ jobs }, into) => into.fill(0, 0, jobs),
};

/** Jobs by the id that they have in a fact: the group is the id, 0 where there is none. */
export function byId(fact: JobFact, names: ReadonlyMap<number, string>): Grouping {
  let highestId = 0;
  for (const id of names.keys()) highestId = Math.max(highestId, id);
  return {
    facts: [fact],
    groups: highestId + 1,
    groupOf(jobs, into) {
      const ids = jobs.of(fact);
      // NaN becomes 0.
      for (let i = 0; i < jobs.jobs; i++) into[i] = ids[i];
    },
  };
}

/** Of whole numbers below it, as most are, the band is looked up: a search goes another way for each job. */
const SMALL = 4096;

/** Jobs by the band that a quantity is in; the group after the last band is for those that do not say it. */
export function byBand(quantity: Quantity, bands: readonly Band[]): Grouping {
  const ends = Float64Array.from(bands, ({ max }) => max ?? Number.POSITIVE_INFINITY);
  const bandOfSmall = Uint32Array.from({ length: SMALL }, (_, value) => bandOf(value, ends));
  const scratch = new Float64Array(SEGMENT_IDS);
  return {
    facts: quantity.facts,
    groups: bands.length + 1,
    groupOf(jobs, into) {
      const values = quantity.of(jobs, scratch);
      for (let i = 0; i < jobs.jobs; i++) {
        const value = values[i];
        const whole = value >>> 0;
        into[i] = whole === value && whole < SMALL ? bandOfSmall[whole] : bandOf(value, ends);
      }
    },
  };
}

function bandOf(value: number, ends: Float64Array): number {
  if (Number.isNaN(value)) return ends.length;
  let band = 0;
  while (value > ends[band]) band++;
  return band;
}

/** Jobs by the part of the window in which they ended. */
export function byPart(parts: readonly WindowPart[]): Grouping {
  const firstDay = parts.length === 0 ? 0 : parts[0].fromDay;
  const partOfDay: number[] = [];
  for (const [part, { fromDay, toDay }] of parts.entries()) {
    for (let day = fromDay; day <= toDay; day++) partOfDay[day - firstDay] = part;
  }
  const partOf = Int32Array.from(partOfDay);
  return {
    facts: ['end_day'],
    groups: parts.length,
    groupOf(jobs, into) {
      const days = jobs.of('end_day');
      for (let i = 0; i < jobs.jobs; i++) into[i] = partOf[days[i] - firstDay];
    },
  };
}

/** Jobs by two groupings at once: the group is that of the first times the groups of the second, and that of the second. */
export function byBoth(first: Grouping, second: Grouping): Grouping {
  const inner = new Int32Array(SEGMENT_IDS);
  return {
    facts: [...first.facts, ...second.facts],
    groups: first.groups * second.groups,
    groupOf(jobs, into) {
      first.groupOf(jobs, into);
      second.groupOf(jobs, inner);
      for (let i = 0; i < jobs.jobs; i++) into[i] = into[i] * second.groups + inner[i];
    },
  };
}
