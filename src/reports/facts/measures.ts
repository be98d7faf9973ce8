import { type JobFact, SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import type { ReportColumn } from '../report.ts';
import type { Aggregate, Quantity } from './aggregate.ts';
import { GroupSums } from './group-sums.ts';

export const jobCount: Aggregate = {
  columns: [{ key: 'jobs', label: 'Jobs', kind: 'count' }],
  facts: [],
  start(groups) {
    const counts = new Float64Array(groups);
    return {
      add({ jobs }, groupOf) {
        for (let i = 0; i < jobs; i++) counts[groupOf[i]]++;
      },
      values: (group) => [counts[group]],
    };
  },
};

/** How many different ids jobs have in a fact, such as users. */
export function distinct(fact: JobFact, column: Omit<ReportColumn, 'kind'>): Aggregate {
  return {
    columns: [{ ...column, kind: 'count' }],
    facts: [fact],
    start(groups) {
      // A mark for each id, as ids are few and in a row.
      const seen = Array.from({ length: groups }, () => new Uint8Array(0));
      return {
        add(jobs, groupOf) {
          const ids = jobs.of(fact);
          for (let i = 0; i < jobs.jobs; i++) {
            const id = ids[i];
            const group = groupOf[i];
            if (id >= seen[group].length) seen[group] = enlarged(seen[group], id);
            if (id >= 0) seen[group][id] = 1;
          }
        },
        values: (group) => [seen[group].reduce((count, mark) => count + mark, 0)],
      };
    },
  };
}

/** The sum of what is known; null where nothing is. */
export function sum(quantity: Quantity, column: ReportColumn): Aggregate {
  return ofSums(quantity, column, (sum) => sum);
}

/** The mean of what is known; null where nothing is. */
export function mean(quantity: Quantity, column: ReportColumn): Aggregate {
  return ofSums(quantity, column, (sum, count) => sum / count);
}

/** How many jobs do not say it. */
export function unknown(fact: JobFact, column: Omit<ReportColumn, 'kind'>): Aggregate {
  return {
    columns: [{ ...column, kind: 'count' }],
    facts: [fact],
    start(groups) {
      const counts = new Float64Array(groups);
      return {
        add(jobs, groupOf) {
          const values = jobs.of(fact);
          for (let i = 0; i < jobs.jobs; i++) if (Number.isNaN(values[i])) counts[groupOf[i]]++;
        },
        values: (group) => [counts[group]],
      };
    },
  };
}

function enlarged(marks: Uint8Array, id: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * id + 1);
  larger.set(marks);
  return larger;
}

/** @param figure of a sum and of how many numbers it is; they are at least one. */
function ofSums(
  quantity: Quantity,
  column: ReportColumn,
  figure: (sum: number, count: number) => number,
): Aggregate {
  return {
    columns: [column],
    facts: quantity.facts,
    start(groups) {
      const sums = new GroupSums(groups, 1);
      const counts = new Float64Array(groups);
      const scratch = new Float64Array(SEGMENT_IDS);
      return {
        add(jobs, groupOf) {
          const values = quantity.of(jobs, scratch);
          for (let i = 0; i < jobs.jobs; i++) {
            if (Number.isNaN(values[i])) continue;
            sums.add(groupOf[i], 0, values[i]);
            counts[groupOf[i]]++;
          }
        },
        values: (group) => [counts[group] === 0 ? null : figure(sums.sum(group, 0), counts[group])],
      };
    },
  };
}
