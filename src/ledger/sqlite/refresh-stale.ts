import type Database from 'better-sqlite3';
import type { ZoneClock } from '../../site/zone-clock.ts';
import { summariseStaleDays } from './daily-summary.ts';
import { refreshFacts } from './facts/refresh-facts.ts';

/**
 * Brings what is derived from the jobs up to date where they have changed: the facts that reports read, then
 * the summary of their days.
 * @returns the days that were summarised, ascending.
 */
export function refreshStale(db: Database.Database, clock: ZoneClock): string[] {
  refreshFacts(db, clock);
  return summariseStaleDays(db, clock);
}
