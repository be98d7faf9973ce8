import type Database from 'better-sqlite3';

/** Where a job of the ledger came from. */
export interface JobOrigin {
  readonly jobId: string;
  /** ISO 8601, UTC, as all times here. */
  readonly submit: string;
  readonly end: string;
  readonly runId: number;
  readonly command: string;
  readonly runStartedAt: string;
  readonly path: string;
  readonly line: number;
}

/**
 * The origins of all jobs with an id, oldest submission first; there can be several, since job numbers wrap
 * around.
 * @param jobId with or without the server: `6049117[28].desched1` or `6049117[28]`.
 */
export function jobOrigins(db: Database.Database, jobId: string): JobOrigin[] {
  // The slash follows the dot in ASCII: the range is every server of this id, and an index finds it. A cross
  // join keeps the order, whatever the statistics say of tables that were small when they were made.
  return db
    .prepare<[{ jobId: string }], JobOrigin>(
      `SELECT j.job_id AS jobId,
         strftime('%FT%TZ', j.submit, 'unixepoch') AS submit,
         strftime('%FT%TZ', j."end", 'unixepoch') AS "end",
         j.run_id AS runId, r.command, strftime('%FT%TZ', r.started_at, 'unixepoch') AS runStartedAt,
         f.path, j.line
       FROM jobs j
       CROSS JOIN runs r ON r.id = j.run_id
       CROSS JOIN source_files f ON f.id = j.file_id
       WHERE j.job_id = @jobId OR (j.job_id >= @jobId || '.' AND j.job_id < @jobId || '/')
       ORDER BY j.submit, j.job_id`,
    )
    .all({ jobId });
}
