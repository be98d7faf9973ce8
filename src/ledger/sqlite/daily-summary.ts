import type Database from 'better-sqlite3';
import { parseLocalDay } from '../../site/local-day.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { exactSumSql } from '../exact-sum.ts';

/** The measures of a row of the summary, in the order of its columns. */
const SUMMED = [
  'c.cpu_hours',
  'c.gpu_hours',
  'c.memory_hours',
  'c.cpu_hours * c.qos_factor',
  'c.gpu_hours * c.qos_factor',
  'c.memory_hours * c.qos_factor',
];

/**
 * Summarises anew each day whose jobs have changed since it was summarised, one transaction a day, so that
 * a reader sees a day's old summary or its new one.
 * @returns the days that were summarised, ascending.
 */
export function summariseStaleDays(db: Database.Database, clock: ZoneClock): string[] {
  const days = db.prepare<[], string>('SELECT date FROM stale_days ORDER BY date').pluck().all();
  const removeOld = db.prepare<[string]>('DELETE FROM daily_summary WHERE date = ?');
  // The queue comes first so that each day is read through ix_jobs_queue_end.
  const insert = db.prepare<[string, number, number]>(
    `INSERT INTO daily_summary
     SELECT
       ?, j.user_id, j.account_id, j.queue_id, count(*),
       ${SUMMED.map((hours) => exactSumSql(hours)).join(',\n       ')}
     FROM queues q
     CROSS JOIN jobs j ON j.queue_id = q.id AND j."end" >= ? AND j."end" < ?
     JOIN job_charges c ON c.job_id = j.id
     GROUP BY j.user_id, j.account_id, j.queue_id`,
  );
  const markFresh = db.prepare<[string]>('DELETE FROM stale_days WHERE date = ?');
  const summarise = db.transaction((date: string) => {
    const day = parseLocalDay(date);
    removeOld.run(date);
    insert.run(date, clock.dayStart(day), clock.dayStart(day + 1));
    markFresh.run(date);
  });
  for (const date of days) summarise.immediate(date);
  return days;
}
