import type Database from 'better-sqlite3';
import type { Band } from '../bands.ts';
import { type Aggregate, fact } from '../facts/aggregate.ts';
import { withId } from '../facts/fact-filter.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byBand } from '../facts/grouping.ts';
import { distinct, jobCount, mean, sum } from '../facts/measures.ts';
import { isAmong, type Queue } from '../queue-resources.ts';
import type { ReportValue } from '../report.ts';
import { windowDays } from '../window.ts';
import { NODE_LIMITS } from './node-limits.ts';
import type { StandardQueries, StandardQuery } from './standard-queries.ts';

const SIZES: readonly Band[] = [...NODE_LIMITS, null].map((max, i) => ({
  label: max === null ? `> ${NODE_LIMITS[i - 1]}` : `<= ${max}`,
  min: i === 0 ? 0 : NODE_LIMITS[i - 1] + 1,
  max,
}));

const HOUR_SECONDS = 3600;

const SIZE_MEASURES: readonly Aggregate[] = [
  jobCount,
  distinct('user_id', { key: 'users', label: 'Users' }),
  sum(fact('cpu_hours'), { key: 'cpu_hours', label: 'CPU hours', kind: 'hours' }),
];

/**
 * From becoming eligible to the start: the old database knows no other wait, so a ledger made of it has no
 * `eligible_secs`.
 */
const WAIT_MEASURES: readonly Aggregate[] = [
  jobCount,
  mean(
    {
      facts: ['eligible_to_start'],
      of(jobs, scratch) {
        const seconds = jobs.of('eligible_to_start');
        for (let i = 0; i < jobs.jobs; i++) scratch[i] = seconds[i] / HOUR_SECONDS;
        return scratch;
      },
    },
    { key: 'wait', label: 'Mean wait', kind: 'hours' },
  ),
];

/**
 * The standard queries as reports ask a ledger: of the daily summary who used what, of the facts of the jobs
 * how large they were and how long they waited.
 * @param queues those that are asked about.
 */
export function ledgerQueries(db: Database.Database, queues: readonly Queue[]): StandardQueries {
  return {
    'usage by user': usageBy(db, queues, 'user', 'users', 'username'),
    'usage by account': usageBy(db, queues, 'account', 'accounts', 'account_name'),
    'job sizes': bySize(db, queues, SIZE_MEASURES),
    waits: bySize(db, queues, WAIT_MEASURES),
    'usage history': usageHistory(db, queues),
  };
}

function usageBy(
  db: Database.Database,
  queues: readonly Queue[],
  owner: 'user' | 'account',
  table: string,
  name: string,
): StandardQuery {
  return inDays(
    db,
    // The + makes SQLite read the days in the order of the table: by an index over queues or owners it jumps from
    // row to row. Names come last, so that only numbers are sorted.
    `SELECT n.${name}, hours, jobs FROM (
       SELECT d.${owner}_id AS id, sum(d.cpu_hours) AS hours, sum(d.job_count) AS jobs
       FROM daily_summary d
       WHERE d.date BETWEEN @from AND @to AND ${isAmong(queues, '+d.queue_id')}
       GROUP BY +d.${owner}_id
     ) u JOIN ${table} n ON n.id = u.id ORDER BY hours DESC`,
  );
}

function usageHistory(db: Database.Database, queues: readonly Queue[]): StandardQuery {
  const inQueues = `FILTER (WHERE ${isAmong(queues, 'd.queue_id')})`;
  return inDays(
    db,
    `SELECT d.date, count(DISTINCT d.user_id), count(DISTINCT d.account_id),
       count(DISTINCT d.user_id) ${inQueues}, count(DISTINCT d.account_id) ${inQueues},
       coalesce(sum(d.job_count) ${inQueues}, 0), total(d.cpu_hours) ${inQueues}
     FROM daily_summary d WHERE d.date BETWEEN @from AND @to GROUP BY d.date ORDER BY d.date`,
  );
}

function inDays(db: Database.Database, sql: string): StandardQuery {
  const statement = db.prepare<[{ from: string; to: string }], ReportValue[]>(sql).raw();
  return ({ from, to }) => statement.all({ from, to });
}

function bySize(
  db: Database.Database,
  queues: readonly Queue[],
  measures: readonly Aggregate[],
): StandardQuery {
  const by = byBand(fact('numnodes'), SIZES);
  const filters = [withId('queue_id', new Set(queues.map(({ id }) => id)))];
  return ({ from, to }) => {
    const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures, filters });
    return [...valuesOf].map(([size, values]) => [size, ...values]);
  };
}
