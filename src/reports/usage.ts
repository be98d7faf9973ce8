import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { namesOf } from './facts/names-of.ts';
import type { Report, ReportValue } from './report.ts';
import { ROW, SummaryReader, summaryDays } from './summary/summary-rows.ts';
import { largestFirst, usageTallies } from './summary/usage-tally.ts';
import { summaryNotes } from './summary-notes.ts';
import { USAGE_COLUMNS } from './usage-columns.ts';
import { windowDays } from './window.ts';

export const USAGE_DIMENSIONS = ['user', 'account', 'queue'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

export interface UsageQuestion {
  readonly by: UsageDimension;
  /** Site-local days of the jobs' end, inclusive; open where left out. */
  readonly from?: string;
  readonly to?: string;
}

/** Who used what: jobs, hours and QoS-weighted charges, largest CPU charge first, from the daily summary. */
export function usage(db: Database.Database, { by, from, to }: UsageQuestion): Report {
  const days = summaryDays(db);
  const window = { from: from ?? days.first, to: to ?? days.last };
  return {
    kind: `usage-by-${by}`,
    machine: ledgerMachine(db)?.machine ?? 'unknown',
    ...window,
    columns: [
      { key: by, label: by[0].toUpperCase() + by.slice(1), kind: 'text' },
      ...USAGE_COLUMNS,
    ],
    rows: usageRows(db, by, window),
    notes: summaryNotes(db),
  };
}

function usageRows(
  db: Database.Database,
  by: UsageDimension,
  { from, to }: Pick<Report, 'from' | 'to'>,
): ReportValue[][] {
  if (from === null || to === null) return [];
  const names = namesOf(db, by);
  const reader = new SummaryReader(db);
  const tallies = usageTallies(reader, windowDays(from, to), (row) => row[ROW[by]]);
  const named = [...tallies].map(([id, tally]) => ({ name: names.get(id) ?? '', tally }));
  return largestFirst(named).map(({ name, tally }) => [name, ...tally.values]);
}
