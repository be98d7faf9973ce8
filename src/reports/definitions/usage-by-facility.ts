import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { facilityOf } from '../../site/facility-of.ts';
import type { MachineFacts } from '../../site/machine-facts.ts';
import { RANKED_HOURS } from '../charts/chart.ts';
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
  chart: RANKED_HOURS,
  answer(db, { from, to, top, site }) {
    const facilities = accountsOf(db, site);
    // One pass over the summary: SQLite makes an index of each list, but none of a list of pairs to join with.
    const places = facilities.map(
      (_, i) =>
        `WHEN d.account_id IN (SELECT value FROM json_each(@accounts, '$[${i}]')) THEN ${i}`,
    );
    const rows = db
      .prepare<[Record<string, string>], [number, ...ReportValue[]]>(
        `SELECT CASE WHEN FALSE THEN -1 ${places.join(' ')} END AS place,
           count(DISTINCT d.account_id), count(DISTINCT d.user_id), ${USAGE_SUMS}
         FROM daily_summary d
         WHERE d.date BETWEEN @from AND @to
         GROUP BY place
         ORDER BY total(d.cpu_charges) DESC, total(d.gpu_charges) DESC, place`,
      )
      .raw()
      .all({ from, to, accounts: JSON.stringify(facilities.map(({ accounts }) => accounts)) })
      .map(([place, ...values]): ReportValue[] => [facilities[place].name, ...values]);
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

/** The ids of the ledger's accounts by facility, in the order of their names. */
function accountsOf(
  db: Database.Database,
  site: MachineFacts,
): { readonly name: string; readonly accounts: readonly number[] }[] {
  const facility = facilityOf(site);
  const ids = new Map<string, number[]>();
  const accounts = db
    .prepare<[], [number, string]>('SELECT id, account_name FROM accounts')
    .raw()
    .all();
  for (const [id, account] of accounts) {
    const name = facility(account);
    const known = ids.get(name);
    if (known === undefined) ids.set(name, [id]);
    else known.push(id);
  }
  return [...ids]
    .map(([name, ofName]) => ({ name, accounts: ofName }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function facilityNotes({ facilities }: MachineFacts): string[] {
  return facilities.length > 0
    ? []
    : ['The configuration does not say which facility an account belongs to.'];
}
