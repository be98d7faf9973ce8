import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import type { OldSchema } from '../../sources/old-database/old-schema.ts';
import { type QueryWindow, type StandardQuery, standardQueries } from './standard-queries.ts';

/** How long a standard query takes on both. */
export interface QueryTime {
  readonly query: string;
  readonly days: number;
  readonly oldSeconds: number;
  readonly ledgerSeconds: number;
}

const MONTH_DAYS = 30;
const YEAR_DAYS = 365;

/**
 * Asks both the standard questions, of the last month and the last year before the newest job.
 * @param rounds how often each is asked; the median counts.
 * @returns nothing where there are no jobs.
 */
export function queryTimes(
  old: Database.Database,
  schema: OldSchema,
  ledger: Database.Database,
  rounds = 1,
): QueryTime[] {
  const newest = ledger
    .prepare<[], string | null>('SELECT max(date) FROM daily_summary')
    .pluck()
    .get();
  if (newest === undefined || newest === null) return [];
  const queries = standardQueries(schema, cpuQueues(ledger));
  return [MONTH_DAYS, YEAR_DAYS].flatMap((days) => {
    const from = formatLocalDay(parseLocalDay(newest) - days + 1);
    const window = { from, to: newest };
    return queries.map((query) => ({
      query: query.name,
      days,
      oldSeconds: medianSeconds(old, query, 'old', window, rounds),
      ledgerSeconds: medianSeconds(ledger, query, 'ledger', window, rounds),
    }));
  });
}

/** The old tool asks about CPU and GPU queues apart; the CPU queues have most of the jobs. */
function cpuQueues(ledger: Database.Database): string[] {
  return ledger
    .prepare<[], string>(
      `SELECT queue_name FROM queues WHERE id IN (
         SELECT queue_id FROM daily_summary GROUP BY queue_id HAVING sum(gpu_hours) = 0
       ) ORDER BY queue_name`,
    )
    .pluck()
    .all();
}

function medianSeconds(
  db: Database.Database,
  query: StandardQuery,
  side: 'old' | 'ledger',
  window: QueryWindow,
  rounds: number,
): number {
  const statement = db.prepare<[QueryWindow]>(query[side]);
  const seconds = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    statement.all(window);
    return (performance.now() - startedAt) / 1000;
  });
  return seconds.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}
