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
            if (Number.isNaN(id)) continue;
            const group = groupOf[i];
            if (id >= seen[group].length) seen[group] = enlarged(seen[group], id);
            seen[group][id] = 1;
          }
        },
        values: (group) => [seen[group].reduce((count, mark) => count + mark, 0)],
      };
    },
  };
}

/** The sum of what is known; null where nothing is. */
export function sum(quantity: Quantity, column: ReportColumn): Aggregate {
  return ofSums(quantity, column, (sums, group) =>
    sums.count(group) === 0 ? null : sums.sum(group),
  );
}

/** The mean of what is known; null where nothing is. */
export function mean(quantity: Quantity, column: ReportColumn): Aggregate {
  return ofSums(quantity, column, (sums, group) => sums.mean(group));
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

/** A sum to another one; null where there is nothing to divide by. */
export function ratio(part: Quantity, whole: Quantity, column: ReportColumn): Aggregate {
  return {
    columns: [column],
    facts: [...part.facts, ...whole.facts],
    start(groups) {
      const [parts, wholes] = [new GroupSums(groups), new GroupSums(groups)];
      const scratch = new Float64Array(SEGMENT_IDS);
      return {
        add(jobs, groupOf) {
          parts.add(part.of(jobs, scratch), groupOf, jobs.jobs);
          wholes.add(whole.of(jobs, scratch), groupOf, jobs.jobs);
        },
        values(group) {
          const divisor = wholes.sum(group);
          return [divisor === 0 ? null : parts.sum(group) / divisor];
        },
      };
    },
  };
}

function ofSums(
  quantity: Quantity,
  column: ReportColumn,
  value: (sums: GroupSums, group: number) => number | null,
): Aggregate {
  return {
    columns: [column],
    facts: quantity.facts,
    start(groups) {
      const sums = new GroupSums(groups);
      const scratch = new Float64Array(SEGMENT_IDS);
      return {
        add: (jobs, groupOf) => sums.add(quantity.of(jobs, scratch), groupOf, jobs.jobs),
        values: (group) => [value(sums, group)],
      };
    },
  };
}

function enlarged(marks: Uint8Array, id: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * id + 1);
  larger.set(marks);
  return larger;
}
