import type Database from 'better-sqlite3';

export interface NewRun {
  readonly command: string;
  readonly qledgerVersion: string;
  readonly chargeVersion: number;
  readonly nowSeconds: number;
}

/** The journal of runs: each begins as running and ends as complete or failed; one that was killed stays running. */
export class Runs {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  begin(run: NewRun): number {
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO runs (command, status, started_at, qledger_version, charge_version)
         VALUES (@command, 'running', @nowSeconds, @qledgerVersion, @chargeVersion)`,
      )
      .run(run);
    return Number(lastInsertRowid);
  }

  recordStep(runId: number, step: string, seconds: number): void {
    this.#db
      .prepare('INSERT INTO run_steps (run_id, step, seconds) VALUES (?, ?, ?)')
      .run(runId, step, seconds);
  }

  complete(runId: number, nowSeconds: number): void {
    this.#db
      .prepare(`UPDATE runs SET status = 'complete', finished_at = ? WHERE id = ?`)
      .run(nowSeconds, runId);
  }

  fail(runId: number, nowSeconds: number, error: string): void {
    this.#db
      .prepare(`UPDATE runs SET status = 'failed', finished_at = ?, error = ? WHERE id = ?`)
      .run(nowSeconds, error, runId);
  }
}
