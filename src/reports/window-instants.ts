import type Database from 'better-sqlite3';
import { parseLocalDay } from '../site/local-day.ts';
import { ledgerClock } from './ledger-clock.ts';

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
