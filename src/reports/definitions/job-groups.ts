import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import type { ReportDefinition } from '../definition.ts';
import { JOBS_OF_WINDOW, windowInstants } from '../job-selection.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';

/** A column of a report and the aggregate over jobs `j` and charges `c` that fills it. */
interface Measure extends ReportColumn {
  readonly sql: string;
}

/** By what jobs are put together. */
interface Grouping {
  readonly column: ReportColumn;
  /** What is grouped by, and more tables that its name needs. */
  readonly key: string;
  readonly name: string;
  readonly join: string;
}

const JOBS: Measure = { key: 'jobs', label: 'Jobs', kind: 'count', sql: 'count(*)' };
const USERS: Measure = {
  key: 'users',
  label: 'Users',
  kind: 'count',
  sql: 'count(DISTINCT j.user_id)',
};
const HOURS: readonly Measure[] = [
  {
    key: 'cpu_hours',
    label: 'CPU hours',
    kind: 'hours',
    unit: 'core-hours',
    sql: 'total(c.cpu_hours)',
  },
  {
    key: 'gpu_hours',
    label: 'GPU hours',
    kind: 'hours',
    unit: 'GPU-hours',
    sql: 'total(c.gpu_hours)',
  },
  {
    key: 'cpu_charges',
    label: 'CPU charge',
    kind: 'hours',
    unit: 'weighted core-hours',
    sql: 'total(c.cpu_hours * c.qos_factor)',
  },
  {
    key: 'gpu_charges',
    label: 'GPU charge',
    kind: 'hours',
    unit: 'weighted GPU-hours',
    sql: 'total(c.gpu_hours * c.qos_factor)',
  },
];

/** Used against asked for. A job that does not say one of the two counts in neither. */
const EFFICIENCY: readonly Measure[] = [
  JOBS,
  {
    key: 'walltime_used',
    label: 'Walltime used',
    kind: 'share',
    sql: `total(iif(j.walltime > 0, j.elapsed, NULL)) / nullif(total(iif(j.elapsed IS NULL, NULL, j.walltime)), 0)`,
  },
  {
    key: 'cpu_used',
    label: 'CPU used',
    kind: 'share',
    sql: `total(iif(j.numcpus * j.elapsed > 0, j.cputime, NULL))
      / nullif(total(iif(j.cputime IS NULL, NULL, j.numcpus * j.elapsed)), 0)`,
  },
  {
    key: 'memory_used',
    label: 'Memory used',
    kind: 'share',
    sql: `total(iif(j.reqmem > 0, j.memory, NULL)) / nullif(total(iif(j.memory IS NULL, NULL, j.reqmem)), 0)`,
  },
  {
    key: 'idle_cpu_hours',
    label: 'Idle CPU hours',
    kind: 'hours',
    unit: 'core-hours',
    sql: `total(max(j.numcpus * j.elapsed - j.cputime, 0)) / 3600`,
  },
  {
    key: 'unused_memory_hours',
    label: 'Unused memory hours',
    kind: 'hours',
    unit: 'GiB-hours',
    sql: `total(max(j.reqmem - j.memory, 0) / 1073741824.0 * j.elapsed) / 3600`,
  },
];

const EXPANSION: readonly Measure[] = [
  JOBS,
  {
    key: 'without_wait',
    label: 'No wait recorded',
    kind: 'count',
    sql: 'count(*) - count(j.eligible_secs)',
  },
  {
    key: 'expansion_factor',
    label: 'Expansion factor',
    kind: 'number',
    sql: `total(iif(j.elapsed > 0, j.eligible_secs + j.elapsed, NULL))
      / nullif(total(iif(j.eligible_secs IS NULL, NULL, j.elapsed)), 0)`,
  },
  { key: 'mean_wait', label: 'Mean wait', kind: 'seconds', unit: 's', sql: 'avg(j.eligible_secs)' },
  { key: 'mean_run', label: 'Mean run time', kind: 'seconds', unit: 's', sql: 'avg(j.elapsed)' },
];

const OWNERS = {
  user: grouping('user', 'User', 'j.user_id', 'n.username', 'JOIN users n ON n.id = j.user_id'),
  account: grouping(
    'account',
    'Account',
    'j.account_id',
    'n.account_name',
    'JOIN accounts n ON n.id = j.account_id',
  ),
  queue: grouping('queue', 'Queue', 'j.queue_id', 'q.queue_name', ''),
  qos: grouping('qos', 'QoS', 'j.qos_id', 'n.name', 'JOIN job_qos n ON n.id = j.qos_id'),
  'exit-status': grouping('exit_status', 'Exit status', 'j.status', 'j.status', ''),
} as const;

export const usageByQos = jobGroups(
  'usage-by-qos',
  'Jobs, users, hours and charges by QoS',
  OWNERS.qos,
  [JOBS, USERS, ...HOURS],
);

export const exitStatuses = jobGroups(
  'exit-statuses',
  'Jobs, users and hours by exit status',
  OWNERS['exit-status'],
  [JOBS, USERS, ...HOURS.slice(0, 2)],
);

export const queueStatistics = jobGroups(
  'queue-statistics',
  'Jobs, waits and expansion factor by queue: (wait + run time) / run time',
  OWNERS.queue,
  EXPANSION,
);

/** What of the time, the CPUs and the memory that jobs asked for they have used; worst idlers first. */
export function efficiencyBy(by: 'user' | 'account'): ReportDefinition {
  return jobGroups(
    `efficiency-by-${by}`,
    `Used of what was asked for, by ${by}, most idle CPU hours first`,
    OWNERS[by],
    EFFICIENCY,
    'idle_cpu_hours',
  );
}

function jobGroups(
  name: string,
  title: string,
  { column, key, name: nameSql, join }: Grouping,
  measures: readonly Measure[],
  largest = 'jobs',
): ReportDefinition {
  return {
    name,
    title,
    options: ['top'],
    answer(db: Database.Database, { from, to, top }) {
      const rows = db
        .prepare<[Record<string, number>], ReportValue[]>(
          `SELECT ${nameSql}, ${measures.map(({ key, sql }) => `${sql} AS ${key}`).join(', ')}
           ${JOBS_OF_WINDOW} ${join}
           GROUP BY ${key} ORDER BY ${largest} DESC, ${nameSql} LIMIT @top`,
        )
        .raw()
        .all({ ...windowInstants(db, from, to), top: top ?? -1 });
      return {
        kind: name,
        machine: ledgerMachine(db)?.machine ?? 'unknown',
        from,
        to,
        columns: [column, ...measures.map(({ sql: _, ...measured }) => measured)],
        rows,
        notes: summaryNotes(db),
      };
    },
  };
}

function grouping(key: string, label: string, sql: string, name: string, join: string): Grouping {
  return { column: { key, label, kind: 'text' }, key: sql, name, join };
}
