import { type Band, UNKNOWN_BAND } from '../../src/reports/bands.ts';
import { BANDINGS, type Banding } from '../../src/reports/job-bandings.ts';
import type { MachineFacts, Resource } from '../../src/site/machine-facts.ts';
import { BenchError } from '../bench-error.ts';
import type { BenchQuestion } from './bench-question.ts';
import { SQLITE, type SqlDialect } from './sql-dialect.ts';

/** Columns of an answer, by the key that the report has for them. */
type Columns = Readonly<Record<string, string>>;

export interface PlainReport {
  /** What the rows are of. */
  readonly by: Columns;
  readonly measures: Columns;
  /** Which jobs count; those of the window by default. */
  readonly where?: string;
  readonly having?: string;
}

const JOBS = `FROM jobs j JOIN job_charges c ON c.job_id = j.id
  JOIN users u ON u.id = j.user_id JOIN accounts a ON a.id = j.account_id
  JOIN queues q ON q.id = j.queue_id JOIN job_qos s ON s.id = j.qos_id`;

const USER = { user: 'u.username' };
const ACCOUNT = { account: 'a.account_name' };
const QUEUE = { queue: 'q.queue_name' };

/**
 * A report as one scan of the jobs joined with their charges and all names. What a report works out of its own
 * sums, such as shares of all hours, is left out.
 * @returns SQL with the window as `@start` and `@end` (instants), `@from` and `@to` (days).
 */
export function plainReport({ definition, asked }: BenchQuestion): string {
  const parts = plainParts(definition.name, asked.period === 'day' ? 'day' : 'month', asked.site);
  return groupedSql(parts, SQLITE, JOBS);
}

/** A grouped question over some jobs, in any dialect. */
export function groupedSql(
  { by, measures, where, having }: PlainReport,
  dialect: SqlDialect,
  jobs: string,
): string {
  const columns = Object.entries({ ...by, ...measures }).map(([key, sql]) => `${sql} AS "${key}"`);
  const groups = Object.keys(by).map((_, i) => i + 1);
  return `SELECT ${columns.join(', ')} ${jobs} WHERE ${where ?? dialect.isInWindow}
    GROUP BY ${groups.join(', ')} ${having === undefined ? '' : `HAVING ${having}`}`;
}

export function usageMeasures({ total }: SqlDialect): Columns {
  const resources = ['cpu', 'gpu', 'memory'];
  return {
    jobs: 'count(*)',
    ...Object.fromEntries(resources.map((of) => [`${of}_hours`, total(`c.${of}_hours`)])),
    ...Object.fromEntries(
      resources.map((of) => [`${of}_charges`, total(`c.${of}_hours * c.qos_factor`)]),
    ),
  };
}

export const USERS: Columns = { users: 'count(DISTINCT j.user_id)' };
export const ACCOUNTS: Columns = { accounts: 'count(DISTINCT j.account_id)' };

export function waitMeasures({ percentile }: SqlDialect): Columns {
  return {
    jobs: 'count(*)',
    without_wait: 'count(*) - count(j.eligible_secs)',
    mean_wait: 'avg(j.eligible_secs)',
    median_wait: percentile('j.eligible_secs', 50),
    p90_wait: percentile('j.eligible_secs', 90),
    p95_wait: percentile('j.eligible_secs', 95),
    max_wait: 'max(j.eligible_secs)',
  };
}

export function bandCase(value: string, bands: readonly Band[]): string {
  const cases = bands.map(
    ({ label, max }) => `WHEN ${max === null ? 'TRUE' : `${value} <= ${max}`} THEN '${label}'`,
  );
  return `CASE WHEN ${value} IS NULL THEN '${UNKNOWN_BAND}' ${cases.join(' ')} END`;
}

const RANKS = 'nullif(j.mpiprocs * j.ompthreads * j.numnodes, 0)';
const BANDED: Readonly<Record<string, string>> = {
  nodes: 'j.numnodes',
  cores: 'j.numcpus',
  gpus: 'j.numgpus',
  memory: 'j.memory',
  duration: 'j.elapsed',
  'memory-per-rank': `j.memory / ${RANKS}`,
};

const EFFICIENCY: Columns = {
  jobs: 'count(*)',
  walltime_used: `total(iif(j.walltime > 0, j.elapsed, NULL))
    / nullif(total(iif(j.elapsed IS NULL, NULL, j.walltime)), 0)`,
  cpu_used: `total(iif(j.numcpus * j.elapsed > 0, j.cputime, NULL))
    / nullif(total(iif(j.cputime IS NULL, NULL, j.numcpus * j.elapsed)), 0)`,
  memory_used: `total(iif(j.reqmem > 0, j.memory, NULL))
    / nullif(total(iif(j.memory IS NULL, NULL, j.reqmem)), 0)`,
  idle_cpu_hours: 'sum(max(j.numcpus * j.elapsed - j.cputime, 0)) / 3600.0',
  unused_memory_hours: 'sum(max(j.reqmem - j.memory, 0) / 1073741824.0 * j.elapsed) / 3600',
};

const EXPANSION: Columns = {
  jobs: 'count(*)',
  without_wait: 'count(*) - count(j.eligible_secs)',
  expansion_factor: `total(iif(j.elapsed > 0, j.eligible_secs + j.elapsed, NULL))
    / nullif(total(iif(j.eligible_secs IS NULL, NULL, j.elapsed)), 0)`,
  mean_wait: 'avg(j.eligible_secs)',
  mean_run: 'avg(j.elapsed)',
};

function plainParts(name: string, period: 'day' | 'month', site: MachineFacts): PlainReport {
  const usage = usageMeasures(SQLITE);
  const usageOfUsers = { ...usage, ...USERS };
  const part = { [period]: SQLITE[period] };
  const band = bandOf(name, site);
  if (name.startsWith('waits-by-')) return { by: band, measures: waitMeasures(SQLITE) };
  if (name.startsWith('job-sizes-by-')) return { by: band, measures: usageOfUsers };
  switch (name) {
    case 'usage-by-user':
      return { by: USER, measures: usage };
    case 'usage-by-account':
      return { by: ACCOUNT, measures: usage };
    case 'usage-by-queue':
      return { by: QUEUE, measures: usage };
    case 'usage-by-qos':
      return { by: { qos: 's.name' }, measures: usageOfUsers };
    case 'usage-by-facility':
      return { by: { facility: facilityCase(site) }, measures: { ...usageOfUsers, ...ACCOUNTS } };
    case 'usage-by-resource':
      return { by: { resource: resourceCase(site) }, measures: { ...usageOfUsers, ...ACCOUNTS } };
    case 'allocations':
      return {
        by: ACCOUNT,
        measures: budgetMeasures(site),
        where: `j."end" < @end AND a.account_name IN (${textList(site.budgets.map(({ account }) => account))})`,
      };
    case 'usage-history':
      return { by: part, measures: { ...usageOfUsers, ...ACCOUNTS } };
    case 'resource-history':
      return { by: part, measures: resourceMeasures(site) };
    case 'jobs-per-user':
      return { by: { ...part, ...USER }, measures: { jobs: 'count(*)' } };
    case 'jobs-per-account':
      return { by: { ...part, ...ACCOUNT }, measures: { jobs: 'count(*)' } };
    case 'user-turnover':
      return { by: USER, measures: TURNOVER, where: 'TRUE', having: 'jobs > 0' };
    case 'daily-summary':
      return { by: { date: SQLITE.day, ...USER, ...ACCOUNT, ...QUEUE }, measures: usage };
    case 'queue-statistics':
      return { by: QUEUE, measures: EXPANSION };
    case 'exit-statuses':
      return { by: { exit_status: 'j.status' }, measures: usageOfUsers };
    case 'job-durations':
    case 'memory-per-rank':
      return { by: band, measures: usageOfUsers };
    case 'job-durations-history':
    case 'memory-per-rank-history':
      return { by: { ...part, ...band }, measures: usageOfUsers };
    case 'efficiency-by-user':
      return { by: USER, measures: EFFICIENCY };
    case 'efficiency-by-account':
      return { by: ACCOUNT, measures: EFFICIENCY };
    default:
      throw new BenchError(`${name}: bench/reports/plain-reports.ts has no plain form of it`);
  }
}

/** The band of a job, of those reports that have bands. */
function bandOf(report: string, site: MachineFacts): Columns {
  const name = report
    .replace(/-history$/, '')
    .replace(/^(job-sizes|waits)-by-/, '')
    .replace(/^job-durations$/, 'duration');
  const banding: Banding | undefined = Object.entries(BANDINGS).find(([of]) => of === name)?.[1];
  return banding === undefined ? {} : { band: bandCase(BANDED[name], banding.bands(site)) };
}

function facilityCase({ facilities }: MachineFacts): string {
  const cases = facilities.map(
    ({ account, facility }) => `WHEN a.account_name GLOB '${account}' THEN '${facility}'`,
  );
  return `CASE ${cases.join(' ')} ELSE 'other' END`;
}

function isOf(site: MachineFacts, resource: Resource): string {
  return `q.queue_name IN (${textList(site.resources[resource].queues)})`;
}

function resourceCase(site: MachineFacts): string {
  return `CASE WHEN ${isOf(site, 'cpu')} THEN 'cpu' WHEN ${isOf(site, 'gpu')} THEN 'gpu' ELSE 'other' END`;
}

/** The other resource's queues do not count against a budget. */
function budgetMeasures(site: MachineFacts): Columns {
  const used = (resource: Resource, other: Resource): string =>
    `total(iif(${isOf(site, other)}, 0, c.${resource}_hours * c.qos_factor))`;
  return { cpu_used: used('cpu', 'gpu'), gpu_used: used('gpu', 'cpu') };
}

function resourceMeasures(site: MachineFacts): Columns {
  const of = (resource: Resource): Columns => ({
    [`${resource}_users`]: `count(DISTINCT iif(${isOf(site, resource)}, j.user_id, NULL))`,
    [`${resource}_accounts`]: `count(DISTINCT iif(${isOf(site, resource)}, j.account_id, NULL))`,
    [`${resource}_jobs`]: `sum(${isOf(site, resource)})`,
    [`${resource}_hours`]: `total(iif(${isOf(site, resource)}, c.${resource}_hours, 0))`,
  });
  return { jobs: 'count(*)', ...USERS, ...ACCOUNTS, ...of('cpu'), ...of('gpu') };
}

const TURNOVER: Columns = {
  first_day: `min(${SQLITE.day})`,
  last_day: `max(${SQLITE.day})`,
  jobs: `sum(${SQLITE.isInWindow})`,
};

function textList(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join();
}
