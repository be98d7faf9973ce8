import Database from 'better-sqlite3';
import type { Value } from '../src/ledger/sqlite/job-rows.ts';

/** The jobs that an input has brought so far; in a file of SQLite's own, so that memory does not grow with them. */
export class JobsOfInput {
  readonly #db = new Database('');
  readonly #add: Database.Statement<[string, number]>;
  readonly #put: Database.Statement<[string, number, string]>;
  readonly #find: Database.Statement<[string, number], string | null>;

  constructor() {
    this.#db.pragma('journal_mode = OFF');
    this.#db.pragma('synchronous = OFF');
    this.#db.exec(
      `CREATE TABLE jobs (job_id TEXT, submit INTEGER, record TEXT, PRIMARY KEY (job_id, submit))
       WITHOUT ROWID`,
    );
    this.#add = this.#db.prepare(
      'INSERT INTO jobs (job_id, submit) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    this.#put = this.#db.prepare('INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)');
    this.#find = this.#db
      .prepare<[string, number], string | null>(
        'SELECT record FROM jobs WHERE job_id = ? AND submit = ?',
      )
      .pluck();
  }

  /** @returns whether the job is there for the first time. */
  add(jobId: string, submit: number): boolean {
    return this.#add.run(jobId, submit).changes === 1;
  }

  /** Keeps the values of a job such as they are now; NaN, which means NULL, becomes null. */
  put(jobId: string, submit: number, record: readonly Value[]): void {
    this.#put.run(jobId, submit, JSON.stringify(record));
  }

  /** @returns the values that were kept last. */
  find(jobId: string, submit: number): Value[] | undefined {
    const record = this.#find.get(jobId, submit);
    return typeof record === 'string' ? JSON.parse(record) : undefined;
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
