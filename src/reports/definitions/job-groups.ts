import { type Chart, RANKED_HOURS } from '../charts/chart.ts';
import type { ReportDefinition } from '../definition.ts';
import type { Aggregate } from '../facts/aggregate.ts';
import { EFFICIENCY_MEASURES } from '../facts/efficiency-measures.ts';
import { EXPANSION_MEASURES } from '../facts/expansion-measures.ts';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { byId } from '../facts/grouping.ts';
import { type Named, namesOf } from '../facts/names-of.ts';
import { USAGE_MEASURES } from '../facts/usage-measures.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { windowDays } from '../window.ts';
import { windowReport } from '../window-report.ts';

/** By what jobs are put together. */
interface Owner {
  readonly column: ReportColumn;
  readonly named: Named;
}

const OWNERS = {
  user: owner('user', 'User', 'user'),
  account: owner('account', 'Account', 'account'),
  queue: owner('queue', 'Queue', 'queue'),
  qos: owner('qos', 'QoS', 'qos'),
  status: owner('exit_status', 'Exit status', 'status'),
} as const;

export const usageByQos = jobGroups(
  'usage-by-qos',
  'Jobs, users, hours and charges by QoS',
  OWNERS.qos,
  USAGE_MEASURES,
  RANKED_HOURS,
);

export const exitStatuses = jobGroups(
  'exit-statuses',
  'Jobs, users, hours and charges by exit status',
  OWNERS.status,
  USAGE_MEASURES,
  { form: 'ranking', measures: ['jobs', 'cpu_hours', 'gpu_hours'] },
);

export const queueStatistics = jobGroups(
  'queue-statistics',
  'Jobs, waits and expansion factor by queue: (wait + run time) / run time',
  OWNERS.queue,
  EXPANSION_MEASURES,
  { form: 'ranking', measures: ['jobs', 'expansion_factor', 'mean_wait', 'mean_run'] },
);

/** What of the time, the CPUs and the memory that jobs asked for they have used; worst idlers first. */
export function efficiencyBy(by: 'user' | 'account'): ReportDefinition {
  return jobGroups(
    `efficiency-by-${by}`,
    `Used of what was asked for, by ${by}, most idle CPU hours first`,
    OWNERS[by],
    EFFICIENCY_MEASURES,
    { form: 'ranking', measures: ['idle_cpu_hours', 'cpu_used'] },
    'idle_cpu_hours',
  );
}

/** @param largest the column whose largest values come first. */
function jobGroups(
  name: string,
  title: string,
  { column, named }: Owner,
  measures: readonly Aggregate[],
  chart: Chart,
  largest = 'jobs',
): ReportDefinition {
  const columns = [column, ...measures.flatMap((measure) => measure.columns)];
  const place = columns.findIndex(({ key }) => key === largest);
  return {
    name,
    title,
    options: ['top'],
    chart,
    answer(db, { from, to, top }) {
      const nameOf = namesOf(db, named);
      const by = byId(`${named}_id`, nameOf);
      const valuesOf = groupedJobs(db, { window: windowDays(from, to), by, measures });
      const rows = [...valuesOf].map(([id, values]): ReportValue[] => [
        nameOf.get(id) ?? null,
        ...values,
      ]);
      rows.sort(
        (a, b) => size(b[place]) - size(a[place]) || (String(a[0]) < String(b[0]) ? -1 : 1),
      );
      return windowReport(
        db,
        name,
        { from, to },
        {
          columns,
          rows: top === null ? rows : rows.slice(0, top),
        },
      );
    },
  };
}

/** What is not known comes after what is 0; neither jobs nor hours are negative. */
function size(value: ReportValue): number {
  return value === null ? -1 : Number(value);
}

function owner(key: string, label: string, named: Named): Owner {
  return { column: { key, label, kind: 'text' }, named };
}
