import type Database from 'better-sqlite3';
import type { Band } from '../bands.ts';
import type { ReportQuestion } from '../definition.ts';
import { type Aggregate, fact } from '../facts/aggregate.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byBand, byBoth, byPart, type Grouping } from '../facts/grouping.ts';
import { distinct, jobCount, sum } from '../facts/measures.ts';
import { periodLabel } from '../period.ts';
import type { ReportValue } from '../report.ts';
import { type WindowPart, windowDays, windowParts } from '../window.ts';
import { hoursOf, jobsOf, type PlotColumn, type PlotFile, type PlotResource } from './plot-file.ts';

const USERS = distinct('user_id', { key: 'users', label: 'Users' });
const ACCOUNTS = distinct('account_id', { key: 'accounts', label: 'Accounts' });

/** Users, accounts, jobs and hours of each period: of all jobs, of those on CPUs, of those on GPUs. */
export const usageHistoryFile: PlotFile = {
  name: 'usage_history',
  report: 'usage-history',
  resource: 'all',
  answer(db, question) {
    const parts = partsOf(question);
    const of = (resource: PlotResource, measures: readonly Aggregate[]): ReportValue[][] => {
      const valuesOf = measured(db, question, resource, byPart(parts), measures);
      return parts.map((_, part) => valuesOf.get(part) ?? measures.map(() => 0));
    };
    const all = of('all', [USERS, ACCOUNTS]);
    const [cpu, gpu] = (['cpu', 'gpu'] as const).map((resource) =>
      of(resource, [USERS, ACCOUNTS, jobCount, hoursColumn(resource)]),
    );
    return {
      columns: [
        { key: 'date', label: 'Date', kind: 'text', width: 18 },
        count('#-Users', 12),
        count('#-Proj', 8),
        ...usageColumns('cpu', 12),
        ...usageColumns('gpu', 0),
      ],
      rows: parts.map(({ label }, part) => [label, ...all[part], ...cpu[part], ...gpu[part]]),
    };
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

const DURATION_BANDS: readonly Band[] = DURATIONS.map(([label, min], i) => {
  const next = DURATIONS.at(i + 1)?.[1];
  return { label, min, max: next === undefined ? null : next - 1 };
});

/** Hours of each period by how long the jobs ran; a job that does not say it is in none. */
export function jobDurations(name: string, resource: 'cpu' | 'gpu'): PlotFile {
  return {
    name,
    report: 'job-durations',
    resource,
    answer(db, question) {
      const parts = partsOf(question);
      const durations = byBand(fact('elapsed'), DURATION_BANDS);
      const by = byBoth(byPart(parts), durations);
      const hours = measured(db, question, resource, by, [hoursColumn(resource)]);
      return {
        columns: [
          { key: 'date', label: 'Date', kind: 'text', width: 20 },
          ...DURATION_BANDS.map(({ label, max }): PlotColumn => {
            return { key: label, label, kind: 'hours', width: max === null ? 0 : 12 };
          }),
        ],
        rows: parts.map(({ label }, part) => [
          label,
          ...DURATION_BANDS.map((_, band) => hours.get(part * durations.groups + band)?.[0] ?? 0),
        ]),
      };
    },
  };
}

function measured(
  db: Database.Database,
  question: ReportQuestion,
  resource: PlotResource,
  by: Grouping,
  measures: readonly Aggregate[],
): Map<number, ReportValue[]> {
  const window = windowDays(question.from, question.to);
  return groupedJobs(db, { window, by, measures, filters: jobsOf(db, question, resource) });
}

function partsOf({ from, to, period }: ReportQuestion): WindowPart[] {
  return windowParts(windowDays(from, to), period, periodLabel);
}

function hoursColumn(resource: PlotResource): Aggregate {
  return sum(hoursOf(resource), { key: 'hours', label: 'Hours', kind: 'hours' });
}

/** @param hoursWidth that of the last column. */
function usageColumns(resource: 'cpu' | 'gpu', hoursWidth: number): PlotColumn[] {
  const named = resource.toUpperCase();
  const hours = `#-${named}-Hrs`;
  return [
    count(`#-${named}-Users`, 13),
    count(`#-${named}-Proj`, 13),
    count(`#-${named}-Jobs`, 13),
    { key: hours, label: hours, kind: 'hours', width: hoursWidth },
  ];
}

function count(label: string, width: number): PlotColumn {
  return { key: label, label, kind: 'count', width };
}
