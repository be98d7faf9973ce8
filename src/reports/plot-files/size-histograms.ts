import type Database from 'better-sqlite3';
import type { ReportQuestion } from '../definition.ts';
import { type Aggregate, fact } from '../facts/aggregate.ts';
import { withKnown } from '../facts/fact-filter.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byBand } from '../facts/grouping.ts';
import { distinct, jobCount, mean, sum } from '../facts/measures.ts';
import type { ReportValue } from '../report.ts';
import { windowDays } from '../window.ts';
import { hoursOf, jobsOf, type PlotColumn, type PlotFile, type PlotResource } from './plot-file.ts';
import { SIZE_BANDS, type SizeDimension } from './size-bands.ts';

/** A word, so that a column of bands is one to readers that split at spaces. */
const UNKNOWN = 'unknown';
const HOUR_SECONDS = 3600;

/** Jobs, users and hours of jobs of each size. */
export function jobSizes(name: string, by: SizeDimension, resource: PlotResource): PlotFile {
  const hours: PlotColumn = { key: 'hours', label: 'Cr-hrs', kind: 'hours', width: 0 };
  const measures = [
    jobCount,
    distinct('user_id', { key: 'users', label: '#-Users' }),
    sum(hoursOf(resource), hours),
  ];
  return {
    name,
    report: `job-sizes-by-${by}`,
    resource,
    answer(db, question) {
      const filters = jobsOf(db, question, resource);
      return {
        columns: [
          { key: 'band', label: SIZE_BANDS[by].label, kind: 'text', width: 20 },
          { key: 'jobs', label: '#-Jobs', kind: 'count', width: 12 },
          { key: 'users', label: '#-Users', kind: 'count', width: 12 },
          hours,
        ],
        rows: bandRows(db, question, by, measures, filters),
      };
    },
  };
}

/** Mean wait, in hours, of the jobs of each size that say how long they waited. */
export function jobWaits(name: string, by: SizeDimension, resource: PlotResource): PlotFile {
  const wait: PlotColumn = { key: 'mean_wait', label: 'AveWait-hrs', kind: 'number', width: 12 };
  return {
    name,
    report: `waits-by-${by}`,
    resource,
    answer(db, question) {
      const filters = [...jobsOf(db, question, resource), withKnown('eligible_secs')];
      const measures = [mean(fact('eligible_secs'), wait), jobCount];
      return {
        columns: [
          { key: 'band', label: SIZE_BANDS[by].label, kind: 'text', width: 20 },
          wait,
          { key: 'jobs', label: '#-Jobs', kind: 'count', width: 0 },
        ],
        rows: bandRows(db, question, by, measures, filters).map(([band, seconds, jobs]) => [
          band,
          Number(seconds) / HOUR_SECONDS,
          jobs,
        ]),
      };
    },
  };
}

/** A row for each band that has jobs, in the order of sizes; unknown sizes last. */
function bandRows(
  db: Database.Database,
  { from, to }: ReportQuestion,
  size: SizeDimension,
  measures: readonly Aggregate[],
  filters: ReturnType<typeof jobsOf>,
): ReportValue[][] {
  const { fact: name, bands } = SIZE_BANDS[size];
  const by = byBand(fact(name), bands);
  const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures, filters });
  return [...valuesOf].map(([group, values]) => [
    bands[group]?.label.replaceAll(' ', '') ?? UNKNOWN,
    ...values,
  ]);
}
