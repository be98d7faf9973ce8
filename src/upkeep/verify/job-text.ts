import type Database from 'better-sqlite3';
import { utcText } from '../../site/utc-text.ts';

const LAST_SECOND = 8_640_000_000_000;

/** What a person knows a job by: `4100088.desched1 (submitted 2025-11-01T08:22:12Z)`. */
export function jobText(jobId: unknown, submit: unknown): string {
  const seconds = typeof submit === 'number' && Math.abs(submit) <= LAST_SECOND ? submit : null;
  const submitted = seconds === null ? `${submit}` : utcText(seconds);
  return `${jobId} (submitted ${submitted})`;
}

/** The same of a job whose row id is known. */
export function jobTextOfRow(db: Database.Database, id: number): string {
  const job = db
    .prepare<[number], { job_id: unknown; submit: unknown }>(
      'SELECT job_id, submit FROM jobs NOT INDEXED WHERE id = ?',
    )
    .get(id);
  return job === undefined ? `row ${id}` : jobText(job.job_id, job.submit);
}
