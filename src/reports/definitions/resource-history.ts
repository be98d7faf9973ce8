import type Database from 'better-sqlite3';
import { type MachineFacts, RESOURCES, type Resource } from '../../site/machine-facts.ts';
import type { ReportDefinition } from '../definition.ts';
import { ledgerClock } from '../ledger-clock.ts';
import { periodLabel } from '../period.ts';
import { hasResources } from '../queue-resources.ts';
import type { ReportColumn } from '../report.ts';
import { resourceNotes } from '../resource-notes.ts';
import { rowResource } from '../summary/row-resource.ts';
import { SummaryReader } from '../summary/summary-rows.ts';
import { UsageTally, usageTallies } from '../summary/usage-tally.ts';
import { utilisation } from '../utilisation.ts';
import { type DayRange, windowDays, windowParts } from '../window.ts';
import { windowReport } from '../window-report.ts';

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
    const window = windowDays(from, to);
    const [reader, resourceOfRow] = [new SummaryReader(db), rowResource(db, site)];
    const utilisationOf = utilisations(db, site);
    return windowReport(
      db,
      this.name,
      { from, to },
      {
        columns: [
          { key: period, label: 'Period', kind: 'text' },
          { key: 'jobs', label: 'Jobs', kind: 'count' },
          { key: 'users', label: 'Users', kind: 'count' },
          { key: 'accounts', label: 'Accounts', kind: 'count' },
          ...RESOURCES.flatMap(columnsOfResource),
          { key: 'other_jobs', label: 'Other jobs', kind: 'count' },
        ],
        rows: windowParts(window, period, periodLabel).map((part) => {
          const tallies = usageTallies(reader, part, resourceOfRow);
          const used = RESOURCES.flatMap((resource) => {
            // Nothing is known of them where the configuration does not tell which queues they are.
            if (!hasResources(site)) return columnsOfResource(resource).map(() => null);
            const { users, accounts, jobs, hoursAndCharges } =
              tallies.get(resource) ?? new UsageTally();
            const hours = hoursAndCharges[RESOURCES.indexOf(resource)];
            return [users.size, accounts.size, jobs, hours, utilisationOf(resource, hours, part)];
          });
          return [
            part.label,
            ...together([...tallies.values()]),
            ...used,
            tallies.get('other')?.jobs ?? 0,
          ];
        }),
      },
      resourceNotes(db, question),
    );
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

/** Jobs, users and accounts of all resources. */
function together(tallies: readonly UsageTally[]): number[] {
  return [
    tallies.reduce((jobs, tally) => jobs + tally.jobs, 0),
    new Set(tallies.flatMap(({ users }) => [...users])).size,
    new Set(tallies.flatMap(({ accounts }) => [...accounts])).size,
  ];
}

function utilisations(
  db: Database.Database,
  site: MachineFacts,
): (resource: Resource, hours: number, days: DayRange) => number | null {
  const clock = ledgerClock(db);
  return (resource, hours, days) => utilisation(site, resource, hours, clock, days);
}
