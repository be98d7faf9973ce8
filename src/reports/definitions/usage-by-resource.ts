import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { parseLocalDay } from '../../site/local-day.ts';
import { RESOURCES } from '../../site/machine-facts.ts';
import type { ReportDefinition } from '../definition.ts';
import { withHourShares } from '../hour-shares.ts';
import { ledgerClock } from '../ledger-clock.ts';
import { hasResources, isAmong, queuesByResource } from '../queue-resources.ts';
import type { Report, ReportValue } from '../report.ts';
import { resourceNotes } from '../resource-notes.ts';
import { summaryNotes } from '../summary-notes.ts';
import { USAGE_MEASURES, USAGE_SUMS } from '../usage-measures.ts';
import { utilisation } from '../utilisation.ts';

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
    const queues = queuesByResource(db, site);
    const resources = hasResources(site) ? RESOURCES : [];
    const rows = [...resources, 'other' as const].map((resource): ReportValue[] => {
      const values = db
        .prepare<[string, string], ReportValue[]>(
          `SELECT count(DISTINCT d.user_id), count(DISTINCT d.account_id), ${USAGE_SUMS}
           FROM daily_summary d
           WHERE d.date BETWEEN ? AND ? AND ${isAmong(queues[resource], 'd.queue_id')}`,
        )
        .raw()
        .get(from, to);
      return [resource, ...(values ?? [])];
    });
    const report = withHourShares({
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from,
      to,
      columns: [
        { key: 'resource', label: 'Resource', kind: 'text' },
        { key: 'users', label: 'Users', kind: 'count' },
        { key: 'accounts', label: 'Accounts', kind: 'count' },
        ...USAGE_MEASURES,
      ],
      rows,
      notes: [...resourceNotes(db, question), ...summaryNotes(db)],
    });
    const clock = ledgerClock(db);
    const days = { fromDay: parseLocalDay(from), toDay: parseLocalDay(to) };
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
