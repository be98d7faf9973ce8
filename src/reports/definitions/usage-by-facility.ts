import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { facilityOf } from '../../site/facility-of.ts';
import type { MachineFacts } from '../../site/machine-facts.ts';
import type { ReportDefinition } from '../definition.ts';
import { withHourShares } from '../hour-shares.ts';
import type { ReportValue } from '../report.ts';
import { summaryNotes } from '../summary-notes.ts';
import { USAGE_MEASURES, USAGE_SUMS } from '../usage-measures.ts';

/** What the accounts of each facility used, from the daily summary. */
export const usageByFacility: ReportDefinition = {
  name: 'usage-by-facility',
  title: 'Accounts, users, jobs, hours and charges by facility, largest CPU charge first',
  options: ['top'],
  answer(db, { from, to, top, site }) {
    const rows = db
      .prepare<[Record<string, string>], ReportValue[]>(
        `WITH facilities(account_id, facility) AS MATERIALIZED (
           SELECT value ->> 0, value ->> 1 FROM json_each(@facilities)
         )
         SELECT f.facility, count(DISTINCT d.account_id), count(DISTINCT d.user_id), ${USAGE_SUMS}
         FROM daily_summary d CROSS JOIN facilities f ON f.account_id = d.account_id
         WHERE d.date BETWEEN @from AND @to
         GROUP BY f.facility
         ORDER BY total(d.cpu_charges) DESC, total(d.gpu_charges) DESC, f.facility`,
      )
      .raw()
      .all({ from, to, facilities: JSON.stringify(facilitiesOf(db, site)) });
    const report = withHourShares({
      kind: this.name,
      machine: ledgerMachine(db)?.machine ?? 'unknown',
      from,
      to,
      columns: [
        { key: 'facility', label: 'Facility', kind: 'text' },
        { key: 'accounts', label: 'Accounts', kind: 'count' },
        { key: 'users', label: 'Users', kind: 'count' },
        ...USAGE_MEASURES,
      ],
      rows,
      notes: [...facilityNotes(site), ...summaryNotes(db)],
    });
    return top === null ? report : { ...report, rows: report.rows.slice(0, top) };
  },
};

/** The facility of each account of the ledger, by its id. */
function facilitiesOf(db: Database.Database, site: MachineFacts): [number, string][] {
  const facility = facilityOf(site);
  return db
    .prepare<[], [number, string]>('SELECT id, account_name FROM accounts')
    .raw()
    .all()
    .map(([id, account]) => [id, facility(account)]);
}

function facilityNotes({ facilities }: MachineFacts): string[] {
  return facilities.length > 0
    ? []
    : ['The configuration does not say which facility an account belongs to.'];
}
