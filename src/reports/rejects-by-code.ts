import type Database from 'better-sqlite3';

export interface RejectGroup {
  readonly code: string;
  readonly count: number;
  /** One of them, to see what is meant. */
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** The rejects of one run by code, most frequent first, each with its first example. */
export function rejectsByCode(db: Database.Database, runId: number): RejectGroup[] {
  // With a single min(), SQLite takes the other columns from the row that has it.
  return db
    .prepare<[number], RejectGroup>(
      `SELECT r.code, count(*) AS count, f.path, min(r.line) AS line, r.reason
       FROM rejects r JOIN source_files f ON f.id = r.file_id
       WHERE r.run_id = ?
       GROUP BY r.code
       ORDER BY count(*) DESC, r.code`,
    )
    .all(runId);
}
