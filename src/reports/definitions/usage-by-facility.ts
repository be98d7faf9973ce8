import type Database from 'better-sqlite3';
import { facilityOf } from '../../site/facility-of.ts';
import type { MachineFacts } from '../../site/machine-facts.ts';
import { RANKED_HOURS } from '../charts/chart.ts';
import type { ReportDefinition } from '../definition.ts';
import { namesOf } from '../facts/names-of.ts';
import type { ReportValue } from '../report.ts';
import { ROW, SummaryReader } from '../summary/summary-rows.ts';
import { largestFirst, usageTallies } from '../summary/usage-tally.ts';
import { usageReport } from '../usage-report.ts';
import { type DayRange, windowDays } from '../window.ts';

/** What the accounts of each facility used, from the daily summary. */
export const usageByFacility: ReportDefinition = {
  name: 'usage-by-facility',
  title: 'Accounts, users, jobs, hours and charges by facility, largest CPU charge first',
  options: ['top'],
  chart: RANKED_HOURS,
  answer(db, { from, to, top, site }) {
    const report = usageReport(
      db,
      this.name,
      { from, to },
      [
        { key: 'facility', label: 'Facility', kind: 'text' },
        { key: 'accounts', label: 'Accounts', kind: 'count' },
        { key: 'users', label: 'Users', kind: 'count' },
      ],
      facilityRows(db, site, windowDays(from, to)),
      facilityNotes(site),
    );
    return top === null ? report : { ...report, rows: report.rows.slice(0, top) };
  },
};

function facilityRows(
  db: Database.Database,
  site: MachineFacts,
  window: DayRange,
): ReportValue[][] {
  const facility = facilityOf(site);
  const accounts = namesOf(db, 'account');
  const facilityOfId = new Map([...accounts].map(([id, name]) => [id, facility(name)]));
  const reader = new SummaryReader(db);
  const tallies = usageTallies(reader, window, (row) => facilityOfId.get(row[ROW.account]) ?? '');
  const named = [...tallies].map(([name, tally]) => ({ name, tally }));
  return largestFirst(named).map(({ name, tally }) => [
    name,
    tally.accounts.size,
    tally.users.size,
    ...tally.values,
  ]);
}

function facilityNotes({ facilities }: MachineFacts): string[] {
  return facilities.length > 0
    ? []
    : ['The configuration does not say which facility an account belongs to.'];
}
