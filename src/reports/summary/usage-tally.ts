import { GroupSums } from '../facts/group-sums.ts';
import type { DayRange } from '../window.ts';
import { ROW, type SummaryReader, type SummaryRow } from './summary-rows.ts';

const SUMS = 6;
const CPU_CHARGE = 3;
const GPU_CHARGE = 4;

/** What rows of the daily summary add up to. */
export class UsageTally {
  jobs = 0;
  readonly users = new Set<number>();
  readonly accounts = new Set<number>();
  readonly #sums = new GroupSums(1, SUMS);

  add(row: SummaryRow): void {
    this.jobs += row[ROW.jobs];
    this.users.add(row[ROW.user]);
    this.accounts.add(row[ROW.account]);
    for (let sum = 0; sum < SUMS; sum++) this.#sums.add(0, sum, row[ROW.firstHours + sum]);
  }

  /** CPU, GPU and memory hours, then the same as charges. */
  get hoursAndCharges(): number[] {
    return Array.from({ length: SUMS }, (_, sum) => this.#sums.sum(0, sum));
  }

  /** In the order of the measures of usage. */
  get values(): number[] {
    return [this.jobs, ...this.hoursAndCharges];
  }
}

/** What the rows of a window add up to, apart by a key of theirs; keys without rows are not there. */
export function usageTallies<Key>(
  reader: SummaryReader,
  window: DayRange,
  keyOf: (row: SummaryRow) => Key,
): Map<Key, UsageTally> {
  const tallies = new Map<Key, UsageTally>();
  for (const rows of reader.rows(window)) {
    for (const row of rows) {
      const key = keyOf(row);
      let tally = tallies.get(key);
      if (tally === undefined) {
        tally = new UsageTally();
        tallies.set(key, tally);
      }
      tally.add(row);
    }
  }
  return tallies;
}

/** Largest CPU charge first, then largest GPU charge, then by name. */
export function largestFirst<Tally extends { readonly name: string; readonly tally: UsageTally }>(
  tallies: readonly Tally[],
): Tally[] {
  return tallies
    .map((of) => ({ of, sums: of.tally.hoursAndCharges }))
    .sort(
      (a, b) =>
        b.sums[CPU_CHARGE] - a.sums[CPU_CHARGE] ||
        b.sums[GPU_CHARGE] - a.sums[GPU_CHARGE] ||
        (a.of.name < b.of.name ? -1 : 1),
    )
    .map(({ of }) => of);
}
