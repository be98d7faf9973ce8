import type Database from 'better-sqlite3';

/** Days whose jobs have changed since they were summarised. */
export function staleDays(db: Database.Database): Set<string> {
  return new Set(db.prepare<[], string>('SELECT date FROM stale_days ORDER BY date').pluck().all());
}

/** Segments whose jobs have changed since their facts were made. */
export function staleSegments(db: Database.Database): Set<number> {
  return new Set(db.prepare<[], number>('SELECT id FROM stale_segments').pluck().all());
}

/** Whether a run is at work, or has ended before its time and none was made to its end since. */
export function hasOpenRun(db: Database.Database): boolean {
  const status = db
    .prepare<[], string>('SELECT status FROM runs ORDER BY id DESC LIMIT 1')
    .pluck()
    .get();
  return status !== undefined && status !== 'complete';
}
