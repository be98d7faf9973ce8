import type Database from 'better-sqlite3';
import { bandSql } from '../bands.ts';
import type { ReportQuestion } from '../definition.ts';
import { JOBS_OF_WINDOW, windowInstants } from '../job-selection.ts';
import type { ReportValue } from '../report.ts';
import { hoursSql, type PlotFile, type PlotResource, resourceSql } from './plot-file.ts';
import { SIZE_BANDS, type SizeDimension } from './size-bands.ts';

/** A word, so that a column of bands is one to readers that split at spaces. */
const UNKNOWN = 'unknown';

/** Jobs, users and hours of jobs of each size. */
export function jobSizes(name: string, by: SizeDimension, resource: PlotResource): PlotFile {
  const { label } = SIZE_BANDS[by];
  return {
    name,
    report: `job-sizes-by-${by}`,
    resource,
    answer(db, question) {
      const measures = ['count(*)', 'count(DISTINCT j.user_id)', `total(${hoursSql(resource)})`];
      return {
        columns: [
          { key: 'band', label, kind: 'text', width: 20 },
          { key: 'jobs', label: '#-Jobs', kind: 'count', width: 12 },
          { key: 'users', label: '#-Users', kind: 'count', width: 12 },
          { key: 'hours', label: 'Cr-hrs', kind: 'hours', width: 0 },
        ],
        rows: bandRows(db, question, by, resourceSql(db, question, resource), measures),
      };
    },
  };
}

/** Mean wait, in hours, of the jobs of each size that say how long they waited. */
export function jobWaits(name: string, by: SizeDimension, resource: PlotResource): PlotFile {
  const { label } = SIZE_BANDS[by];
  return {
    name,
    report: `waits-by-${by}`,
    resource,
    answer(db, question) {
      const jobs = `${resourceSql(db, question, resource)} AND j.eligible_secs IS NOT NULL`;
      return {
        columns: [
          { key: 'band', label, kind: 'text', width: 20 },
          { key: 'mean_wait', label: 'AveWait-hrs', kind: 'number', width: 12 },
          { key: 'jobs', label: '#-Jobs', kind: 'count', width: 0 },
        ],
        rows: bandRows(db, question, by, jobs, ['avg(j.eligible_secs) / 3600.0', 'count(*)']),
      };
    },
  };
}

/** A row for each band that has jobs, in the order of sizes; unknown sizes last. */
function bandRows(
  db: Database.Database,
  { from, to }: ReportQuestion,
  by: SizeDimension,
  jobs: string,
  measures: readonly string[],
): ReportValue[][] {
  const { sql, bands } = SIZE_BANDS[by];
  const found = db
    .prepare<[Record<string, number>], [number, ...ReportValue[]]>(
      `SELECT ${bandSql(sql, bands)} AS band, ${measures.join(', ')}
       ${JOBS_OF_WINDOW} WHERE ${jobs} GROUP BY band ORDER BY band < 0, band`,
    )
    .raw()
    .all(windowInstants(db, from, to));
  return found.map(([band, ...values]) => [
    band < 0 ? UNKNOWN : bands[band].label.replaceAll(' ', ''),
    ...values,
  ]);
}
