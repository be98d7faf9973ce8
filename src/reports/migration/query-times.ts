import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import type { OldSchema } from '../../sources/old-database/old-schema.ts';
import type { Queue } from '../queue-resources.ts';
import { windowInstants } from '../window-instants.ts';
import { ledgerQueries } from './ledger-queries.ts';
import { oldQueries } from './old-queries.ts';
import { type QueryWindow, STANDARD_QUERIES, type StandardQuery } from './standard-queries.ts';

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
  const to = ledger.prepare<[], string | null>('SELECT max(date) FROM daily_summary').pluck().get();
  if (to === undefined || to === null) return [];
  const queues = cpuQueues(ledger);
  const ofLedger = ledgerQueries(ledger, queues);
  const ofOld = oldQueries(
    old,
    schema,
    queues.map(({ name }) => name),
  );
  return [MONTH_DAYS, YEAR_DAYS].flatMap((days) => {
    const from = formatLocalDay(parseLocalDay(to) - days + 1);
    const window = { from, to, ...windowInstants(ledger, from, to) };
    return STANDARD_QUERIES.map((query) => ({
      query,
      days,
      ...medianTimes(ofOld[query], ofLedger[query], window, rounds),
    }));
  });
}

/** The old tool asks about CPU and GPU queues apart; the CPU queues have most of the jobs. */
function cpuQueues(ledger: Database.Database): Queue[] {
  return ledger
    .prepare<[], Queue>(
      `SELECT id, queue_name AS name FROM queues WHERE id IN (
         SELECT queue_id FROM daily_summary GROUP BY queue_id HAVING sum(gpu_hours) = 0
       ) ORDER BY name`,
    )
    .all();
}

/** In turn, so that what else the machine does befalls both. */
function medianTimes(
  old: StandardQuery,
  ledger: StandardQuery,
  window: QueryWindow,
  rounds: number,
): Pick<QueryTime, 'oldSeconds' | 'ledgerSeconds'> {
  const times = Array.from({ length: rounds }, () => ({
    old: secondsOf(() => old(window)),
    ledger: secondsOf(() => ledger(window)),
  }));
  return {
    oldSeconds: median(times.map((time) => time.old)),
    ledgerSeconds: median(times.map((time) => time.ledger)),
  };
}

function secondsOf(ask: () => unknown): number {
  const startedAt = performance.now();
  ask();
  return (performance.now() - startedAt) / 1000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
