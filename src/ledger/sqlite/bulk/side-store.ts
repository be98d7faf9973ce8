import type Database from 'better-sqlite3';
import { createSchema } from '../open-ledger.ts';
import { openBuildingFile } from './building-file.ts';

/** A row of the daily summary with the ids that the ledger will know. */
export interface SummaryRow {
  readonly date: string;
  readonly userId: number;
  readonly accountId: number;
  readonly queueId: number;
  readonly jobs: number;
  /** CPU, GPU, memory hours; CPU, GPU, memory charges. */
  readonly sums: readonly number[];
}

/**
 * Holds what belongs into a ledger while its file is being written as pages and no connection may have it
 * open: rejects and the summaries of days that are done. It is a database of the same schema, so that
 * moving them is copying tables.
 */
export class SideStore {
  readonly db: Database.Database;
  readonly #insertSummary: Database.Statement<[(string | number)[]]>;

  constructor(path: string) {
    this.db = openBuildingFile(path);
    createSchema(this.db);
    for (const name of ['user', 'account', 'queue']) {
      this.db.exec(`DROP INDEX ix_daily_summary_${name}_date`);
    }
    this.#insertSummary = this.db.prepare<[(string | number)[]]>(
      `INSERT INTO daily_summary (
         date, user_id, account_id, queue_id, job_count,
         cpu_hours, gpu_hours, memory_hours, cpu_charges, gpu_charges, memory_charges)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /** @param rows in the order of the table's key, so that its b-tree grows at its end. */
  keepSummary(rows: Iterable<SummaryRow>): void {
    this.db.transaction(() => {
      for (const { date, userId, accountId, queueId, jobs, sums } of rows) {
        this.#insertSummary.run([date, userId, accountId, queueId, jobs, ...sums]);
      }
    })();
  }

  /** Moves all into the ledger. */
  moveInto(ledger: Database.Database): void {
    const { name } = this.db;
    this.db.close();
    ledger.prepare('ATTACH ? AS side').run(name);
    ledger.exec(
      `INSERT INTO rejects SELECT * FROM side.rejects;
       INSERT INTO daily_summary SELECT * FROM side.daily_summary;
       DETACH side`,
    );
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}
