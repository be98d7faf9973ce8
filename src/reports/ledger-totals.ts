import type Database from 'better-sqlite3';

/** What a ledger holds, in one look. Days are site-local, of the jobs' end. */
export interface LedgerTotals {
  readonly jobs: number;
  readonly users: number;
  readonly accounts: number;
  readonly queues: number;
  readonly days: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly cpuHours: number;
  readonly gpuHours: number;
  readonly memoryHours: number;
  readonly cpuCharges: number;
  readonly gpuCharges: number;
  readonly memoryCharges: number;
  readonly rejects: number;
  readonly sizeBytes: number;
}

const MOST_MAPPED_BYTES = 2 ** 31;

/**
 * Counted from the daily summary and the lookup tables; no job is read. The days are asked for by themselves, since
 * beside the sums SQLite would compare the date of every row.
 */
export function ledgerTotals(db: Database.Database): LedgerTotals {
  // The rows of the summary lie all over the file. Mapped as far as SQLite does, they need not be copied.
  db.pragma(`mmap_size = ${MOST_MAPPED_BYTES}`);
  const totals = db
    .prepare<[], LedgerTotals>(
      `SELECT
         coalesce(sum(job_count), 0) AS jobs,
         (SELECT count(*) FROM users) AS users,
         (SELECT count(*) FROM accounts) AS accounts,
         (SELECT count(*) FROM queues) AS queues,
         (SELECT count(*) FROM (SELECT DISTINCT date FROM daily_summary)) AS days,
         (SELECT min(date) FROM daily_summary) AS firstDay,
         (SELECT max(date) FROM daily_summary) AS lastDay,
         total(cpu_hours) AS cpuHours, total(gpu_hours) AS gpuHours,
         total(memory_hours) AS memoryHours, total(cpu_charges) AS cpuCharges,
         total(gpu_charges) AS gpuCharges, total(memory_charges) AS memoryCharges,
         (SELECT count(*) FROM rejects) AS rejects,
         (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS sizeBytes
       FROM daily_summary`,
    )
    .get();
  if (totals === undefined) throw new Error('an aggregate without groups has one row');
  return totals;
}
