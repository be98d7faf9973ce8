import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import { USAGE_OVER_TIME } from '../charts/chart.ts';
import type { ReportDefinition, ReportQuestion } from '../definition.ts';
import { periodLabel } from '../period.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';
import { type WindowPart, windowParts } from '../window.ts';

const MEASURES: readonly (ReportColumn & { readonly sql: string })[] = [
  { key: 'jobs', label: 'Jobs', kind: 'count', sql: 'coalesce(sum(job_count), 0)' },
  { key: 'users', label: 'Users', kind: 'count', sql: 'count(DISTINCT user_id)' },
  { key: 'accounts', label: 'Accounts', kind: 'count', sql: 'count(DISTINCT account_id)' },
  hours('cpu_hours', 'CPU hours', 'core-hours'),
  hours('gpu_hours', 'GPU hours', 'GPU-hours'),
  hours('memory_hours', 'Memory hours', 'GiB-hours'),
  hours('cpu_charges', 'CPU charge', 'weighted core-hours'),
  hours('gpu_charges', 'GPU charge', 'weighted GPU-hours'),
  hours('memory_charges', 'Memory charge', 'weighted GiB-hours'),
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
        `SELECT ${MEASURES.map(({ sql }) => sql).join(', ')} FROM daily_summary WHERE date BETWEEN ? AND ?`,
      )
      .raw();
    return {
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from: question.from,
      to: question.to,
      columns: [{ key: question.period, label: 'Period', kind: 'text' }, ...MEASURES.map(columnOf)],
      rows: partsOf(question).map(({ label, fromDay, toDay }) => [
        label,
        ...(measured.get(formatLocalDay(fromDay), formatLocalDay(toDay)) ?? []),
      ]),
      notes: summaryNotes(db),
    };
  },
};

/** Jobs of each user or account in each period, most first. */
export function jobsPer(by: 'user' | 'account'): ReportDefinition {
  const lookup = {
    user: { table: 'users', name: 'username' },
    account: { table: 'accounts', name: 'account_name' },
  }[by];
  return {
    name: `jobs-per-${by}`,
    title: `Jobs of each ${by} in each period, most first`,
    options: ['period', 'top'],
    chart: { form: 'lines', name: by, measure: 'jobs' },
    answer(db, question) {
      const counted = db
        .prepare<[string, string, number], [string, number]>(
          `SELECT n.${lookup.name}, sum(d.job_count) AS jobs
           FROM daily_summary d JOIN ${lookup.table} n ON n.id = d.${by}_id
           WHERE d.date BETWEEN ? AND ?
           GROUP BY n.id ORDER BY jobs DESC, n.${lookup.name} LIMIT ?`,
        )
        .raw();
      return {
        kind: this.name,
        machine: ledgerMachine(db)?.machine ?? 'unknown',
        from: question.from,
        to: question.to,
        columns: [
          { key: question.period, label: 'Period', kind: 'text' },
          { key: by, label: by === 'user' ? 'User' : 'Account', kind: 'text' },
          { key: 'jobs', label: 'Jobs', kind: 'count' },
        ],
        rows: partsOf(question).flatMap(({ label, fromDay, toDay }) =>
          counted
            .all(formatLocalDay(fromDay), formatLocalDay(toDay), question.top ?? -1)
            .map((row): ReportValue[] => [label, ...row]),
        ),
        notes: summaryNotes(db),
      };
    },
  };
}

/** The first and the last day of everyone who had a job in the window. */
export const userTurnover: ReportDefinition = {
  name: 'user-turnover',
  title: 'First and last day of each user of the window, over the whole ledger',
  options: ['top'],
  answer(db, { from, to, top }) {
    const rows = db
      .prepare<[Record<string, string | number>], ReportValue[]>(
        `SELECT n.username, min(d.date), max(d.date),
           CASE WHEN min(d.date) >= @from THEN 'yes' ELSE 'no' END,
           CASE WHEN max(d.date) <= @to AND max(d.date) < (SELECT max(date) FROM daily_summary)
             THEN 'yes' ELSE 'no' END,
           sum(CASE WHEN d.date BETWEEN @from AND @to THEN d.job_count ELSE 0 END) AS jobs
         FROM daily_summary d JOIN users n ON n.id = d.user_id
         GROUP BY n.id HAVING jobs > 0
         ORDER BY min(d.date) DESC, n.username LIMIT @top`,
      )
      .raw()
      .all({ from, to, top: top ?? -1 });
    return {
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from,
      to,
      columns: [
        { key: 'user', label: 'User', kind: 'text' },
        { key: 'first_day', label: 'First day', kind: 'date' },
        { key: 'last_day', label: 'Last day', kind: 'date' },
        { key: 'new', label: 'New', kind: 'text' },
        { key: 'gone', label: 'Gone since', kind: 'text' },
        { key: 'jobs', label: 'Jobs in window', kind: 'count' },
      ],
      rows,
      notes: summaryNotes(db),
    };
  },
};

/** Each row of the daily summary, with names. */
export const dailySummary: ReportDefinition = {
  name: 'daily-summary',
  title: 'Jobs, hours and charges of each day by user, account and queue',
  options: [],
  answer(db, { from, to }) {
    return {
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from,
      to,
      columns: [
        { key: 'date', label: 'Day', kind: 'date' },
        { key: 'user', label: 'User', kind: 'text' },
        { key: 'account', label: 'Account', kind: 'text' },
        { key: 'queue', label: 'Queue', kind: 'text' },
        ...MEASURES.filter(({ key }) => key !== 'users' && key !== 'accounts').map(columnOf),
      ],
      rows: summaryRows(db, from, to),
      notes: summaryNotes(db),
    };
  },
};

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
  const range = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
  return windowParts(range, period, periodLabel);
}

function hours(key: string, label: string, unit: string): ReportColumn & { sql: string } {
  return { key, label, kind: 'hours', unit, sql: `total(${key})` };
}

function columnOf({ key, label, kind, unit }: ReportColumn): ReportColumn {
  return unit === undefined ? { key, label, kind } : { key, label, kind, unit };
}
