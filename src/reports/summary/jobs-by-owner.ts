import type Database from 'better-sqlite3';
import { formatLocalDay } from '../../site/local-day.ts';
import type { DayRange } from '../window.ts';

/** Tells how many jobs of a window each user or account had, by its id. */
export function jobsByOwner(
  db: Database.Database,
  owner: 'user' | 'account',
): (window: DayRange) => Map<number, number> {
  const read = db
    .prepare<[string, string], [number, number]>(
      `SELECT ${owner}_id, job_count FROM daily_summary WHERE date BETWEEN ? AND ?`,
    )
    .raw();
  return ({ fromDay, toDay }) => {
    const jobs = new Map<number, number>();
    for (const [id, count] of read.all(formatLocalDay(fromDay), formatLocalDay(toDay))) {
      jobs.set(id, (jobs.get(id) ?? 0) + count);
    }
    return jobs;
  };
}
