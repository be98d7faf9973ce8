import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import type { ReportQuestion } from '../definition.ts';
import { JOBS_OF_WINDOW, windowInstants } from '../job-selection.ts';
import { periodLabel } from '../period.ts';
import type { ReportValue } from '../report.ts';
import { windowParts } from '../window.ts';
import { hoursSql, type PlotColumn, type PlotFile, resourceSql } from './plot-file.ts';

interface Measure extends PlotColumn {
  readonly sql: string;
}

/** Users, accounts, jobs and hours of each period: of all jobs, of those on CPUs, of those on GPUs. */
export const usageHistoryFile: PlotFile = {
  name: 'usage_history',
  report: 'usage-history',
  resource: 'all',
  answer(db, question) {
    const measures = [
      count('#-Users', 12, 'count(DISTINCT j.user_id)'),
      count('#-Proj', 8, 'count(DISTINCT j.account_id)'),
      ...usageOf('cpu', resourceSql(db, question, 'cpu'), [13, 13, 13, 12]),
      ...usageOf('gpu', resourceSql(db, question, 'gpu'), [13, 13, 13, 0]),
    ];
    return periodTable(db, question, 18, measures);
  },
};

/** From how many seconds on; the last is open. */
const DURATIONS = [
  ['<30s', 0],
  ['30s-30m', 30],
  ['30-60m', 1800],
  ['1-5h', 3600],
  ['5-12h', 5 * 3600],
  ['12-18h', 12 * 3600],
  ['>18h', 18 * 3600],
] as const;

/** Hours of each period by how long the jobs ran; a job that does not say it is in none. */
export function jobDurations(name: string, resource: 'cpu' | 'gpu'): PlotFile {
  return {
    name,
    report: 'job-durations',
    resource,
    answer(db, question) {
      const isOf = resourceSql(db, question, resource);
      const measures = DURATIONS.map(([label, from], i): Measure => {
        const below = DURATIONS.at(i + 1)?.[1];
        const isWithin = `j.elapsed >= ${from}${below === undefined ? '' : ` AND j.elapsed < ${below}`}`;
        const sql = totalOf(hoursSql(resource), `${isOf} AND ${isWithin}`);
        return { key: label, label, kind: 'hours', width: below === undefined ? 0 : 12, sql };
      });
      return periodTable(db, question, 20, measures);
    },
  };
}

function usageOf(resource: 'cpu' | 'gpu', jobs: string, widths: readonly number[]): Measure[] {
  const named = resource.toUpperCase();
  const distinct = (column: string): string => `count(DISTINCT iif(${jobs}, ${column}, NULL))`;
  const [users, accounts, jobCount, hours] = widths;
  return [
    count(`#-${named}-Users`, users, distinct('j.user_id')),
    count(`#-${named}-Proj`, accounts, distinct('j.account_id')),
    count(`#-${named}-Jobs`, jobCount, `count(iif(${jobs}, 1, NULL))`),
    {
      key: `${resource}_hours`,
      label: `#-${named}-Hrs`,
      kind: 'hours',
      width: hours,
      sql: totalOf(hoursSql(resource), jobs),
    },
  ];
}

function periodTable(
  db: Database.Database,
  { from, to, period }: ReportQuestion,
  dateWidth: number,
  measures: readonly Measure[],
): { columns: PlotColumn[]; rows: ReportValue[][] } {
  const measured = db
    .prepare<[Record<string, number>], ReportValue[]>(
      `SELECT ${measures.map(({ sql }) => sql).join(', ')} ${JOBS_OF_WINDOW}`,
    )
    .raw();
  const window = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
  const rows = windowParts(window, period, periodLabel).map(({ label, fromDay, toDay }) => [
    label,
    ...(measured.get(windowInstants(db, formatLocalDay(fromDay), formatLocalDay(toDay))) ?? []),
  ]);
  return {
    columns: [
      { key: 'date', label: 'Date', kind: 'text', width: dateWidth },
      ...measures.map(({ sql: _sql, ...column }) => column),
    ],
    rows,
  };
}

function count(label: string, width: number, sql: string): Measure {
  return { key: label, label, kind: 'count', width, sql };
}

function totalOf(value: string, condition: string): string {
  return `total(iif(${condition}, ${value}, NULL))`;
}
