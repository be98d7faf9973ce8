import type Database from 'better-sqlite3';

export interface NewRun {
  readonly command: string;
  readonly qledgerVersion: string;
  readonly chargeVersion: number;
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
         VALUES (@command, 'running', unixepoch(), @qledgerVersion, @chargeVersion)`,
      )
      .run(run);
    return Number(lastInsertRowid);
  }

  recordSteps(runId: number, steps: Iterable<readonly [string, number]>): void {
    const insert = this.#db.prepare(
      'INSERT INTO run_steps (run_id, step, seconds) VALUES (?, ?, ?)',
    );
    for (const [step, seconds] of steps) insert.run(runId, step, seconds);
  }

  complete(runId: number): void {
    this.#db
      .prepare(`UPDATE runs SET status = 'complete', finished_at = unixepoch() WHERE id = ?`)
      .run(runId);
  }

  fail(runId: number, cause: unknown): void {
    const error = cause instanceof Error ? cause.message : String(cause);
    this.#db
      .prepare(
        `UPDATE runs SET status = 'failed', finished_at = unixepoch(), error = ? WHERE id = ?`,
      )
      .run(error, runId);
  }
}
