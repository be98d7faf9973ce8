import { RESOURCES } from '../../site/machine-facts.ts';
import type { ReportDefinition } from '../definition.ts';
import { ledgerClock } from '../ledger-clock.ts';
import { hasResources } from '../queue-resources.ts';
import type { Report, ReportValue } from '../report.ts';
import { resourceNotes } from '../resource-notes.ts';
import { rowResource } from '../summary/row-resource.ts';
import { SummaryReader } from '../summary/summary-rows.ts';
import { UsageTally, usageTallies } from '../summary/usage-tally.ts';
import { usageReport } from '../usage-report.ts';
import { utilisation } from '../utilisation.ts';
import { windowDays } from '../window.ts';

/**
 * What the jobs of CPU queues, of GPU queues and of all others used, from the daily summary: only of others where
 * the configuration does not tell which queues they are.
 */
export const usageByResource: ReportDefinition = {
  name: 'usage-by-resource',
  title: 'Jobs, users, hours, charges and utilisation of CPU queues, GPU queues and others',
  options: [],
  chart: { form: 'ranking', measures: ['cpu_hours', 'gpu_hours', 'utilisation'] },
  answer(db, question) {
    const { from, to, site } = question;
    const days = windowDays(from, to);
    const tallies = usageTallies(new SummaryReader(db), days, rowResource(db, site));
    const resources = hasResources(site) ? RESOURCES : [];
    const rows = [...resources, 'other' as const].map((resource): ReportValue[] => {
      const tally = tallies.get(resource) ?? new UsageTally();
      return [resource, tally.users.size, tally.accounts.size, ...tally.values];
    });
    const report = usageReport(
      db,
      this.name,
      { from, to },
      [
        { key: 'resource', label: 'Resource', kind: 'text' },
        { key: 'users', label: 'Users', kind: 'count' },
        { key: 'accounts', label: 'Accounts', kind: 'count' },
      ],
      rows,
      resourceNotes(db, question),
    );
    const clock = ledgerClock(db);
    const used = resources.map((resource) =>
      utilisation(site, resource, hoursOf(report, resource), clock, days),
    );
    return {
      ...report,
      columns: [...report.columns, { key: 'utilisation', label: 'Utilisation', kind: 'share' }],
      rows: report.rows.map((row, i) => [...row, used.at(i) ?? null]),
    };
  },
};

/** CPU hours of the CPU queues, GPU hours of the GPU queues. */
function hoursOf({ columns, rows }: Report, resource: string): number {
  const place = columns.findIndex(({ key }) => key === `${resource}_hours`);
  return Number(rows.find(([name]) => name === resource)?.[place]);
}
