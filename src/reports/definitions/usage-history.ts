import type Database from 'better-sqlite3';
import { formatLocalDay } from '../../site/local-day.ts';
import { USAGE_OVER_TIME } from '../charts/chart.ts';
import type { ReportDefinition, ReportQuestion } from '../definition.ts';
import { namesOf } from '../facts/names-of.ts';
import { periodLabel } from '../period.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { jobsByOwner } from '../summary/jobs-by-owner.ts';
import { summaryDays } from '../summary/summary-rows.ts';
import { USAGE_COLUMNS } from '../usage-columns.ts';
import { type WindowPart, windowDays, windowParts } from '../window.ts';
import { windowReport } from '../window-report.ts';

const [JOBS, ...HOURS] = USAGE_COLUMNS;
const OWNERS: readonly ReportColumn[] = [
  { key: 'users', label: 'Users', kind: 'count' },
  { key: 'accounts', label: 'Accounts', kind: 'count' },
];

/** What was used in each part of the window; a part without jobs has a line of zeroes. */
export const usageHistory: ReportDefinition = {
  name: 'usage-history',
  title: 'Jobs, users, accounts, hours and charges of each period',
  options: ['period'],
  chart: USAGE_OVER_TIME,
  answer(db, question) {
    const measured = db
      .prepare<[string, string], ReportValue[]>(
        `SELECT coalesce(sum(job_count), 0), count(DISTINCT user_id), count(DISTINCT account_id),
           ${HOURS.map(({ key }) => `total(${key})`).join(', ')}
         FROM daily_summary WHERE date BETWEEN ? AND ?`,
      )
      .raw();
    return windowReport(db, this.name, question, {
      columns: [{ key: question.period, label: 'Period', kind: 'text' }, JOBS, ...OWNERS, ...HOURS],
      rows: partsOf(question).map(({ label, fromDay, toDay }) => [
        label,
        ...(measured.get(formatLocalDay(fromDay), formatLocalDay(toDay)) ?? []),
      ]),
    });
  },
};

/** Jobs of each user or account in each period, most first. */
export function jobsPer(by: 'user' | 'account'): ReportDefinition {
  return {
    name: `jobs-per-${by}`,
    title: `Jobs of each ${by} in each period, most first`,
    options: ['period', 'top'],
    chart: { form: 'lines', name: by, measure: 'jobs' },
    answer(db, question) {
      const names = namesOf(db, by);
      const jobsOf = jobsByOwner(db, by);
      return windowReport(db, this.name, question, {
        columns: [
          { key: question.period, label: 'Period', kind: 'text' },
          { key: by, label: by === 'user' ? 'User' : 'Account', kind: 'text' },
          { key: 'jobs', label: 'Jobs', kind: 'count' },
        ],
        rows: partsOf(question).flatMap((part) =>
          [...jobsOf(part)]
            .map(([id, jobs]): [string, number] => [names.get(id) ?? '', jobs])
            .sort(([a, jobsOfA], [b, jobsOfB]) => jobsOfB - jobsOfA || (a < b ? -1 : 1))
            .slice(0, question.top ?? undefined)
            .map((row): ReportValue[] => [part.label, ...row]),
        ),
      });
    },
  };
}

/** The first and the last day of everyone who had a job in the window. */
export const userTurnover: ReportDefinition = {
  name: 'user-turnover',
  title: 'First and last day of each user of the window, over the whole ledger',
  options: ['top'],
  answer(db, { from, to, top }) {
    const jobs = jobsByOwner(db, 'user')(windowDays(from, to));
    const { last } = summaryDays(db);
    const rows = userDays(db)
      .filter(({ id }) => jobs.has(id))
      .map(({ id, username, first_day, last_day }): ReportValue[] => [
        username,
        first_day,
        last_day,
        first_day >= from ? 'yes' : 'no',
        last_day <= to && last_day !== last ? 'yes' : 'no',
        jobs.get(id) ?? 0,
      ]);
    return windowReport(
      db,
      this.name,
      { from, to },
      {
        columns: [
          { key: 'user', label: 'User', kind: 'text' },
          { key: 'first_day', label: 'First day', kind: 'date' },
          { key: 'last_day', label: 'Last day', kind: 'date' },
          { key: 'new', label: 'New', kind: 'text' },
          { key: 'gone', label: 'Gone since', kind: 'text' },
          { key: 'jobs', label: 'Jobs in window', kind: 'count' },
        ],
        rows: rows.slice(0, top ?? undefined),
      },
    );
  },
};

/** Each row of the daily summary, with names. */
export const dailySummary: ReportDefinition = {
  name: 'daily-summary',
  title: 'Jobs, hours and charges of each day by user, account and queue',
  options: [],
  answer(db, { from, to }) {
    return windowReport(
      db,
      this.name,
      { from, to },
      {
        columns: [
          { key: 'date', label: 'Day', kind: 'date' },
          { key: 'user', label: 'User', kind: 'text' },
          { key: 'account', label: 'Account', kind: 'text' },
          { key: 'queue', label: 'Queue', kind: 'text' },
          ...USAGE_COLUMNS,
        ],
        rows: summaryRows(db, from, to),
      },
    );
  },
};

interface UserDays {
  readonly id: number;
  readonly username: string;
  readonly first_day: string;
  readonly last_day: string;
}

/** The first and the last day of each user, newest first: read off the ends of its stretch of an index. */
function userDays(db: Database.Database): UserDays[] {
  return db
    .prepare<[], UserDays>(
      `SELECT u.id, u.username,
         (SELECT min(date) FROM daily_summary WHERE user_id = u.id) AS first_day,
         (SELECT max(date) FROM daily_summary WHERE user_id = u.id) AS last_day
       FROM users u WHERE first_day IS NOT NULL ORDER BY first_day DESC, u.username`,
    )
    .all();
}

function summaryRows(db: Database.Database, from: string, to: string): ReportValue[][] {
  return db
    .prepare<[string, string], ReportValue[]>(
      `SELECT d.date, u.username, a.account_name, q.queue_name, d.job_count,
         d.cpu_hours, d.gpu_hours, d.memory_hours, d.cpu_charges, d.gpu_charges, d.memory_charges
       FROM daily_summary d
       JOIN users u ON u.id = d.user_id
       JOIN accounts a ON a.id = d.account_id
       JOIN queues q ON q.id = d.queue_id
       WHERE d.date BETWEEN ? AND ?
       ORDER BY d.date, u.username, a.account_name, q.queue_name`,
    )
    .raw()
    .all(from, to);
}

function partsOf({ from, to, period }: ReportQuestion): WindowPart[] {
  return windowParts(windowDays(from, to), period, periodLabel);
}
