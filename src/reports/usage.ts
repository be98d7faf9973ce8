import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import type { Report, ReportColumn } from './report.ts';
import { summaryNotes } from './summary-notes.ts';

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

const MEASURES: readonly ReportColumn[] = [
  { key: 'jobs', label: 'Jobs', kind: 'count' },
  { key: 'cpu_hours', label: 'CPU hours', kind: 'hours', unit: 'core-hours' },
  { key: 'gpu_hours', label: 'GPU hours', kind: 'hours', unit: 'GPU-hours' },
  { key: 'memory_hours', label: 'Memory hours', kind: 'hours', unit: 'GiB-hours' },
  { key: 'cpu_charges', label: 'CPU charge', kind: 'hours', unit: 'weighted core-hours' },
  { key: 'gpu_charges', label: 'GPU charge', kind: 'hours', unit: 'weighted GPU-hours' },
  { key: 'memory_charges', label: 'Memory charge', kind: 'hours', unit: 'weighted GiB-hours' },
];

/** Who used what: jobs, hours and QoS-weighted charges, largest CPU charge first, from the daily summary. */
export function usage(db: Database.Database, { by, from, to }: UsageQuestion): Report {
  const { table, name, id } = LOOKUPS[by];
  const rows = db
    .prepare<[Record<string, string>], [string, ...number[]]>(
      `SELECT n.${name}, sum(d.job_count),
         sum(d.cpu_hours), sum(d.gpu_hours), sum(d.memory_hours),
         sum(d.cpu_charges), sum(d.gpu_charges), sum(d.memory_charges)
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
    columns: [{ key: by, label: by[0].toUpperCase() + by.slice(1), kind: 'text' }, ...MEASURES],
    rows,
    notes: summaryNotes(db),
  };
}
