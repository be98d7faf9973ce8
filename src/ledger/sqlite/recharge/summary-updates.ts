import type Database from 'better-sqlite3';
import { JobOwners } from '../bulk/job-owners.ts';
import type { SummaryCell } from '../bulk/summary-cells.ts';
import type { ChargeValue } from './changed-rows.ts';
import { CHARGE_MEASURES, type ChargeMeasure } from './charge-changes.ts';

/** The column of each sum, and what it is made of. */
const SUMS: Record<
  ChargeMeasure,
  { readonly column: string; readonly of: readonly ChargeValue[] }
> = {
  cpuHours: { column: 'cpu_hours', of: ['cpu_hours'] },
  gpuHours: { column: 'gpu_hours', of: ['gpu_hours'] },
  memoryHours: { column: 'memory_hours', of: ['memory_hours'] },
  cpuCharges: { column: 'cpu_charges', of: ['cpu_hours', 'qos_factor'] },
  gpuCharges: { column: 'gpu_charges', of: ['gpu_hours', 'qos_factor'] },
  memoryCharges: { column: 'memory_charges', of: ['memory_hours', 'qos_factor'] },
};

/**
 * Writes new sums into the summary of days whose jobs are the same as before: one statement walks over the rows of
 * a day and asks for its sums by a function, which costs a third of writing row by row.
 */
export class SummaryUpdates {
  readonly #owners = new JobOwners();
  readonly #update: Database.Statement<[string]> | undefined;
  /** The sums of the day, by the code of the owner. */
  #sums: (readonly number[] | undefined)[] = [];
  #isMissing = false;

  /**
   * @param ownerIds IDS_PER_OWNER for each owner's code.
   * @param differing the values of charges that are others for some job.
   */
  constructor(db: Database.Database, ownerIds: Int32Array, differing: ReadonlySet<ChargeValue>) {
    this.#owners.codes(ownerIds);
    db.function('new_sum', (sum: number, user: number, account: number, queue: number) => {
      const sums = this.#sums[this.#owners.code(user, account, queue)];
      if (sums === undefined) this.#isMissing = true;
      return sums?.[sum] ?? 0;
    });
    const sets = CHARGE_MEASURES.flatMap((measure, i) => {
      const { column, of } = SUMS[measure];
      const differs = of.some((value) => differing.has(value));
      return differs ? `${column} = new_sum(${i}, user_id, account_id, queue_id)` : [];
    });
    if (sets.length === 0) return;
    this.#update = db.prepare(`UPDATE daily_summary SET ${sets.join()} WHERE date = ?`);
  }

  /** @returns whether the day has just the rows of these cells; if not, it must be written anew. */
  write(date: string, cells: readonly SummaryCell[]): boolean {
    if (this.#update === undefined) return false;
    this.#sums = [];
    for (const { owner, sums } of cells) this.#sums[owner] = sums;
    this.#isMissing = false;
    const { changes } = this.#update.run(date);
    return changes === cells.length && !this.#isMissing;
  }
}
