import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { parseLocalDay } from '../site/local-day.ts';
import { ZoneClock } from '../site/zone-clock.ts';
import { zoneTable } from '../site/zone-table.ts';

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
  const clock = new ZoneClock(zoneTable(ledgerMachine(db)?.timeZone ?? 'UTC'));
  return {
    start: clock.dayStart(parseLocalDay(from)),
    end: clock.dayStart(parseLocalDay(to) + 1),
  };
}
