import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import { RESOURCES, type Resource } from '../../site/machine-facts.ts';
import type { ReportDefinition, ReportQuestion } from '../definition.ts';
import { ledgerClock } from '../ledger-clock.ts';
import { periodLabel } from '../period.ts';
import { hasResources, isAmong, queuesByResource } from '../queue-resources.ts';
import type { ReportColumn, ReportValue } from '../report.ts';
import { resourceNotes } from '../resource-notes.ts';
import { summaryNotes } from '../summary-notes.ts';
import { utilisation } from '../utilisation.ts';
import { type WindowPart, windowParts } from '../window.ts';

/** The values of some columns in a part of the window. */
type Cells = (part: WindowPart) => readonly ReportValue[];

/** Who used CPU and GPU queues in each part of the window, and how much of them, from the daily summary. */
export const resourceHistory: ReportDefinition = {
  name: 'resource-history',
  title: 'Users, accounts, jobs, hours and utilisation of CPU and GPU queues of each period',
  options: ['period'],
  chart: {
    form: 'columns',
    over: 'time',
    panels: ['jobs', 'cpu_hours', 'cpu_utilisation', 'gpu_hours', 'gpu_utilisation'].map((key) => ({
      series: [{ key }],
    })),
  },
  answer(db, question) {
    const { from, to, period, site } = question;
    const { other } = queuesByResource(db, site);
    const cells = [
      summed(db, [
        'coalesce(sum(job_count), 0)',
        'count(DISTINCT user_id)',
        'count(DISTINCT account_id)',
      ]),
      ...RESOURCES.map((resource) => cellsOfResource(db, question, resource)),
      summed(db, ['coalesce(sum(job_count), 0)'], isAmong(other, 'queue_id')),
    ];
    const window = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
    return {
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from,
      to,
      columns: [
        { key: period, label: 'Period', kind: 'text' },
        { key: 'jobs', label: 'Jobs', kind: 'count' },
        { key: 'users', label: 'Users', kind: 'count' },
        { key: 'accounts', label: 'Accounts', kind: 'count' },
        ...RESOURCES.flatMap(columnsOfResource),
        { key: 'other_jobs', label: 'Other jobs', kind: 'count' },
      ],
      rows: windowParts(window, period, periodLabel).map((part) => [
        part.label,
        ...cells.flatMap((cellsOf) => cellsOf(part)),
      ]),
      notes: [...resourceNotes(db, question), ...summaryNotes(db)],
    };
  },
};

function columnsOfResource(resource: Resource): ReportColumn[] {
  const named = resource.toUpperCase();
  return [
    { key: `${resource}_users`, label: `${named} users`, kind: 'count' },
    { key: `${resource}_accounts`, label: `${named} accounts`, kind: 'count' },
    { key: `${resource}_jobs`, label: `${named} jobs`, kind: 'count' },
    {
      key: `${resource}_hours`,
      label: `${named} hours`,
      kind: 'hours',
      unit: resource === 'cpu' ? 'core-hours' : 'GPU-hours',
    },
    { key: `${resource}_utilisation`, label: `${named} utilisation`, kind: 'share' },
  ];
}

/** NULL where the configuration does not tell which queues they are, for nothing is known of them then. */
function cellsOfResource(
  db: Database.Database,
  { site }: ReportQuestion,
  resource: Resource,
): Cells {
  if (!hasResources(site)) return () => columnsOfResource(resource).map(() => null);
  const clock = ledgerClock(db);
  const measures = [
    'count(DISTINCT user_id)',
    'count(DISTINCT account_id)',
    'coalesce(sum(job_count), 0)',
    `total(${resource}_hours)`,
  ];
  const used = summed(db, measures, isAmong(queuesByResource(db, site)[resource], 'queue_id'));
  return (part) => {
    const values = used(part);
    const hours = Number(values.at(-1));
    return [...values, utilisation(site, resource, hours, clock, part)];
  };
}

function summed(db: Database.Database, measures: readonly string[], queues = 'TRUE'): Cells {
  const sums = db
    .prepare<[string, string], ReportValue[]>(
      `SELECT ${measures.join(', ')} FROM daily_summary WHERE date BETWEEN ? AND ? AND ${queues}`,
    )
    .raw();
  return ({ fromDay, toDay }) => sums.get(formatLocalDay(fromDay), formatLocalDay(toDay)) ?? [];
}
