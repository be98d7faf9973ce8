import type Database from 'better-sqlite3';
import { parseLocalDay } from '../site/local-day.ts';
import { ledgerClock } from './ledger-clock.ts';

/**
 * The jobs that ended in a window, with their charges. Each queue is read through ix_jobs_queue_end, so that
 * jobs of other days are not touched. To be followed by more conditions or groups.
 */
export const JOBS_OF_WINDOW = `
  FROM queues q
  CROSS JOIN jobs j ON j.queue_id = q.id AND j."end" >= @start AND j."end" < @end
  JOIN job_charges c ON c.job_id = j.id`;

/** The instants between which the site-local days of a window lie. */
export function windowInstants(
  db: Database.Database,
  from: string,
  to: string,
): { start: number; end: number } {
  const clock = ledgerClock(db);
  return {
    start: clock.dayStart(parseLocalDay(from)),
    end: clock.dayStart(parseLocalDay(to) + 1),
  };
}
