import type Database from 'better-sqlite3';

export interface NewRun {
  readonly command: string;
  readonly qledgerVersion: string;
  readonly chargeVersion: number;
}

/** A run that was found unfinished. */
export interface InterruptedRun {
  readonly id: number;
  readonly command: string;
  /** Epoch seconds. */
  readonly startedAt: number;
}

/**
 * The journal of runs: each begins as running and ends as complete, failed or interrupted; one that was killed
 * stays running until the next writer finds it.
 */
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
    this.#end(runId, 'failed', cause instanceof Error ? cause.message : String(cause));
  }

  interrupt(runId: number, why: string): void {
    this.#end(runId, 'interrupted', why);
  }

  /**
   * Marks the runs that never ended. To be called by the one writer that there can be.
   * @returns them, oldest first.
   */
  endInterrupted(): InterruptedRun[] {
    const found = this.#db
      .prepare<[], InterruptedRun>(
        `SELECT id, command, started_at AS startedAt FROM runs WHERE status = 'running' ORDER BY id`,
      )
      .all();
    // When they ended, nobody knows.
    this.#db
      .prepare(
        `UPDATE runs SET status = 'interrupted', error = 'the process ended without a word, as when killed'
         WHERE status = 'running'`,
      )
      .run();
    return found;
  }

  #end(runId: number, status: 'failed' | 'interrupted', error: string): void {
    this.#db
      .prepare('UPDATE runs SET status = ?, finished_at = unixepoch(), error = ? WHERE id = ?')
      .run(status, error, runId);
  }
}
