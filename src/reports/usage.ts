import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import type { Report } from './report.ts';
import { summaryNotes } from './summary-notes.ts';
import { USAGE_MEASURES, USAGE_SUMS } from './usage-measures.ts';

export const USAGE_DIMENSIONS = ['user', 'account', 'queue'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

export interface UsageQuestion {
  readonly by: UsageDimension;
  /** Site-local days of the jobs' end, inclusive; open where left out. */
  readonly from?: string;
  readonly to?: string;
}

const LOOKUPS = {
  user: { table: 'users', name: 'username', id: 'user_id' },
  account: { table: 'accounts', name: 'account_name', id: 'account_id' },
  queue: { table: 'queues', name: 'queue_name', id: 'queue_id' },
} as const;

/** Who used what: jobs, hours and QoS-weighted charges, largest CPU charge first, from the daily summary. */
export function usage(db: Database.Database, { by, from, to }: UsageQuestion): Report {
  const { table, name, id } = LOOKUPS[by];
  const rows = db
    .prepare<[Record<string, string>], [string, ...number[]]>(
      `SELECT n.${name}, ${USAGE_SUMS}
       FROM daily_summary d JOIN ${table} n ON n.id = d.${id}
       WHERE d.date BETWEEN @from AND @to
       GROUP BY d.${id}
       ORDER BY sum(d.cpu_charges) DESC, sum(d.gpu_charges) DESC, n.${name}`,
    )
    .raw()
    .all({ from: from ?? '', to: to ?? '9999-12-31' });
  const range = db
    .prepare<[], { first: string | null; last: string | null }>(
      'SELECT min(date) AS first, max(date) AS last FROM daily_summary',
    )
    .get();
  return {
    kind: `usage-by-${by}`,
    machine: ledgerMachine(db)?.machine ?? 'unknown',
    from: from ?? range?.first ?? null,
    to: to ?? range?.last ?? null,
    columns: [
      { key: by, label: by[0].toUpperCase() + by.slice(1), kind: 'text' },
      ...USAGE_MEASURES,
    ],
    rows,
    notes: summaryNotes(db),
  };
}
