import type Database from 'better-sqlite3';
import { type Band, UNKNOWN_BAND } from '../../../src/reports/bands.ts';
import type { ReportValue } from '../../../src/reports/report.ts';

const JOBS = `FROM jobs j JOIN job_charges c ON c.job_id = j.id
  JOIN users u ON u.id = j.user_id JOIN accounts a ON a.id = j.account_id
  JOIN queues q ON q.id = j.queue_id JOIN job_qos s ON s.id = j.qos_id
  WHERE date(j."end", 'unixepoch') BETWEEN @from AND @to`;

const USAGE = [
  'count(*)',
  'count(DISTINCT j.user_id)',
  ...['c.cpu_hours', 'c.gpu_hours', 'c.memory_hours'].flatMap((hours) => `total(${hours})`),
  ...['c.cpu_hours', 'c.gpu_hours', 'c.memory_hours'].map((h) => `total(${h} * c.qos_factor)`),
];

const WAITS = [
  'count(*)',
  'count(*) - count(j.eligible_secs)',
  'avg(j.eligible_secs)',
  ...[50, 90, 95].map((percent) => `percentile(j.eligible_secs, ${percent})`),
  'max(j.eligible_secs)',
];

const EFFICIENCY = [
  'count(*)',
  `total(iif(j.walltime > 0, j.elapsed, NULL)) / nullif(total(iif(j.elapsed IS NULL, NULL, j.walltime)), 0)`,
  `total(iif(j.numcpus * j.elapsed > 0, j.cputime, NULL))
    / nullif(total(iif(j.cputime IS NULL, NULL, j.numcpus * j.elapsed)), 0)`,
  `total(iif(j.reqmem > 0, j.memory, NULL)) / nullif(total(iif(j.memory IS NULL, NULL, j.reqmem)), 0)`,
  'sum(max(j.numcpus * j.elapsed - j.cputime, 0)) / 3600.0',
  'sum(max(j.reqmem - j.memory, 0) / 1073741824.0 * j.elapsed) / 3600',
];

const EXPANSION = [
  'count(*)',
  'count(*) - count(j.eligible_secs)',
  `total(iif(j.elapsed > 0, j.eligible_secs + j.elapsed, NULL))
    / nullif(total(iif(j.eligible_secs IS NULL, NULL, j.elapsed)), 0)`,
  'avg(j.eligible_secs)',
  'avg(j.elapsed)',
];

/** What each report must say of a ledger in UTC: which column it is by, and its measures over jobs. */
export const PLAIN: Readonly<Record<string, { by: string; measures: readonly string[] }>> = {
  'usage-by-qos': { by: 's.name', measures: USAGE },
  'exit-statuses': { by: 'j.status', measures: USAGE },
  'queue-statistics': { by: 'q.queue_name', measures: EXPANSION },
  'efficiency-by-user': { by: 'u.username', measures: EFFICIENCY },
  'efficiency-by-account': { by: 'a.account_name', measures: EFFICIENCY },
  'job-sizes-by-nodes': { by: 'j.numnodes', measures: USAGE },
  'job-sizes-by-cores': { by: 'j.numcpus', measures: USAGE },
  'job-sizes-by-gpus': { by: 'j.numgpus', measures: USAGE },
  'job-sizes-by-memory': { by: 'j.memory', measures: USAGE },
  'job-durations': { by: 'j.elapsed', measures: USAGE },
  'waits-by-nodes': { by: 'j.numnodes', measures: WAITS },
  'waits-by-cores': { by: 'j.numcpus', measures: WAITS },
  'waits-by-gpus': { by: 'j.numgpus', measures: WAITS },
  'waits-by-memory': { by: 'j.memory', measures: WAITS },
  'waits-by-duration': { by: 'j.elapsed', measures: WAITS },
};

/** The rows of a report by a scan of all jobs; without bands, for each value. */
export function scanned(
  db: Database.Database,
  report: string,
  window: { readonly from: string; readonly to: string },
  bands?: readonly Band[],
): ReportValue[][] {
  const { by, measures } = PLAIN[report];
  const group = bands === undefined ? by : bandSql(by, bands);
  return db
    .prepare<[{ from: string; to: string }], ReportValue[]>(
      `SELECT ${group} AS grouped, ${measures.join(', ')} ${JOBS} GROUP BY grouped`,
    )
    .raw()
    .all(window);
}

function bandSql(value: string, bands: readonly Band[]): string {
  const cases = bands.map(
    ({ label, min, max }) =>
      `WHEN ${value} >= ${min} ${max === null ? '' : `AND ${value} <= ${max}`} THEN '${label}'`,
  );
  return `CASE WHEN ${value} IS NULL THEN '${UNKNOWN_BAND}' ${cases.join(' ')} END`;
}
