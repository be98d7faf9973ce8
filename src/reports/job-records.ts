import type Database from 'better-sqlite3';
import type { ReportValue } from './report.ts';

/** A job as `v_jobs` shows it: names instead of ids, times as ISO 8601, file and line. */
export type JobRecord = Readonly<Record<string, ReportValue>>;

/**
 * The records of all jobs with an id, oldest submission first.
 * @param jobId with or without the server.
 */
export function jobRecords(db: Database.Database, jobId: string): JobRecord[] {
  return db
    .prepare<[{ jobId: string }], JobRecord>(
      `SELECT * FROM v_jobs
       WHERE job_id = @jobId OR (job_id >= @jobId || '.' AND job_id < @jobId || '/')
       ORDER BY submit, job_id`,
    )
    .all({ jobId });
}
