import type { JobFact } from '../../ledger/facts/job-facts.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import type { Aggregate } from './aggregate.ts';
import { percentile, sortedNumbers } from './percentile.ts';

/**
 * How the known numbers of a fact are spread: mean, median, 90 and 95 percent, the largest. Percentiles are
 * exact and between two numbers interpolated, as the function `percentile()` of SQLite does.
 * @param key of the columns: `mean_<key>` and so on.
 */
export function distribution(fact: JobFact, key: string): Aggregate {
  return {
    columns: [
      seconds(`mean_${key}`, 'Mean'),
      seconds(`median_${key}`, 'Median'),
      seconds(`p90_${key}`, '90 %'),
      seconds(`p95_${key}`, '95 %'),
      seconds(`max_${key}`, 'Longest'),
    ],
    facts: [fact],
    start(groups) {
      const lists = Array.from({ length: groups }, () => new NumberList());
      return {
        add(jobs, groupOf) {
          const values = jobs.of(fact);
          for (let i = 0; i < jobs.jobs; i++) {
            if (!Number.isNaN(values[i])) lists[groupOf[i]].push(values[i]);
          }
        },
        values: (group) => spread(lists[group].numbers),
      };
    },
  };
}

function spread(numbers: Float64Array): ReportValue[] {
  if (numbers.length === 0) return [null, null, null, null, null];
  const sorted = sortedNumbers(numbers);
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += sorted[i];
  return [
    sum / sorted.length,
    percentile(sorted, 50),
    percentile(sorted, 90),
    percentile(sorted, 95),
    sorted[sorted.length - 1],
  ];
}

function seconds(key: string, label: string): ReportColumn {
  return { key, label, kind: 'seconds', unit: 's' };
}

/** Numbers in a row that grows. */
class NumberList {
  #numbers = new Float64Array(64);
  #count = 0;

  push(value: number): void {
    if (this.#count === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#count++] = value;
  }

  get numbers(): Float64Array {
    return this.#numbers.subarray(0, this.#count);
  }
}
