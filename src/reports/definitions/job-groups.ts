import type Database from 'better-sqlite3';
import type { JobFact } from '../../ledger/facts/job-facts.ts';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import type { ReportDefinition } from '../definition.ts';
import type { Aggregate } from '../facts/aggregate.ts';
import { EFFICIENCY_MEASURES } from '../facts/efficiency-measures.ts';
import { EXPANSION_MEASURES } from '../facts/expansion-measures.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byId } from '../facts/grouping.ts';
import { USAGE_MEASURES } from '../facts/usage-measures.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';
import { windowDays } from '../window.ts';

/** By what jobs are put together: a fact, and the table that gives its ids their names. */
interface Owner {
  readonly column: ReportColumn;
  readonly fact: JobFact;
  readonly names: string;
}

/** No id: the job does not say it. */
const NONE = 0;

const OWNERS = {
  user: owner('user', 'User', 'user_id', 'SELECT id, username FROM users'),
  account: owner('account', 'Account', 'account_id', 'SELECT id, account_name FROM accounts'),
  queue: owner('queue', 'Queue', 'queue_id', 'SELECT id, queue_name FROM queues'),
  qos: owner('qos', 'QoS', 'qos_id', 'SELECT id, name FROM job_qos'),
  'exit-status': owner(
    'exit_status',
    'Exit status',
    'status_id',
    'SELECT id, status FROM exit_statuses',
  ),
} as const;

export const usageByQos = jobGroups(
  'usage-by-qos',
  'Jobs, users, hours and charges by QoS',
  OWNERS.qos,
  USAGE_MEASURES,
);

export const exitStatuses = jobGroups(
  'exit-statuses',
  'Jobs, users, hours and charges by exit status',
  OWNERS['exit-status'],
  USAGE_MEASURES,
);

export const queueStatistics = jobGroups(
  'queue-statistics',
  'Jobs, waits and expansion factor by queue: (wait + run time) / run time',
  OWNERS.queue,
  EXPANSION_MEASURES,
);

/** What of the time, the CPUs and the memory that jobs asked for they have used; worst idlers first. */
export function efficiencyBy(by: 'user' | 'account'): ReportDefinition {
  return jobGroups(
    `efficiency-by-${by}`,
    `Used of what was asked for, by ${by}, most idle CPU hours first`,
    OWNERS[by],
    EFFICIENCY_MEASURES,
    'idle_cpu_hours',
  );
}

/** @param largest the column whose largest values come first. */
function jobGroups(
  name: string,
  title: string,
  { column, fact, names }: Owner,
  measures: readonly Aggregate[],
  largest = 'jobs',
): ReportDefinition {
  const columns = [column, ...measures.flatMap((measure) => measure.columns)];
  const place = columns.findIndex(({ key }) => key === largest);
  return {
    name,
    title,
    options: ['top'],
    answer(db, { from, to, top }) {
      const nameOf = namesById(db, names);
      const by = byId(fact, Math.max(NONE, ...nameOf.keys()));
      const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures });
      const rows = [...valuesOf].map(([id, values]): ReportValue[] => [
        nameOf.get(id) ?? null,
        ...values,
      ]);
      rows.sort(
        (a, b) => Number(b[place]) - Number(a[place]) || (String(a[0]) < String(b[0]) ? -1 : 1),
      );
      return {
        kind: name,
        machine: ledgerMachine(db)?.machine ?? 'unknown',
        from,
        to,
        columns,
        rows: top === null ? rows : rows.slice(0, top),
        notes: summaryNotes(db),
      };
    },
  };
}

function namesById(db: Database.Database, sql: string): Map<number, string> {
  return new Map(db.prepare<[], [number, string]>(sql).raw().all());
}

function owner(key: string, label: string, fact: JobFact, names: string): Owner {
  return { column: { key, label, kind: 'text' }, fact, names };
}
