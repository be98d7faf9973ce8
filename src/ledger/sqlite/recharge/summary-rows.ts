import type Database from 'better-sqlite3';
import { IDS_PER_OWNER } from '../bulk/job-owners.ts';
import type { SummaryCell } from '../bulk/summary-cells.ts';

/** Writes the summary of days row by row. */
export class SummaryRows {
  readonly #ownerIds: Int32Array;
  readonly #remove: Database.Statement<[string]>;
  readonly #write: Database.Statement<[(string | number)[]]>;

  /** @param ownerIds IDS_PER_OWNER for each owner's code. */
  constructor(db: Database.Database, ownerIds: Int32Array) {
    this.#ownerIds = ownerIds;
    this.#remove = db.prepare('DELETE FROM daily_summary WHERE date = ?');
    this.#write = db.prepare<[(string | number)[]]>(
      `INSERT INTO daily_summary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET
         job_count = excluded.job_count,
         cpu_hours = excluded.cpu_hours, gpu_hours = excluded.gpu_hours,
         memory_hours = excluded.memory_hours, cpu_charges = excluded.cpu_charges,
         gpu_charges = excluded.gpu_charges, memory_charges = excluded.memory_charges`,
    );
  }

  /** Of the rows that the day has, those of other owners stay. */
  write(date: string, cells: readonly SummaryCell[]): void {
    for (const { owner, jobs, sums } of cells) {
      const at = owner * IDS_PER_OWNER;
      const ids = this.#ownerIds.subarray(at, at + IDS_PER_OWNER);
      this.#write.run([date, ...ids, jobs, ...sums]);
    }
  }

  replace(date: string, cells: readonly SummaryCell[]): void {
    this.#remove.run(date);
    this.write(date, cells);
  }
}
