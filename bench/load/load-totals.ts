/** What databases with the same history must have in common. */
export type LoadTotals = Readonly<Record<string, number>>;

/**
 * One row of totals, in the SQL that SQLite and DuckDB share. The divisors turn the sums into floating
 * point, which large ones need.
 */
export const LOAD_TOTALS_SQL = `
SELECT
  (SELECT count(*) FROM users) AS users,
  (SELECT count(*) FROM accounts) AS accounts,
  (SELECT count(*) FROM queues) AS queues,
  (SELECT count(*) FROM job_charges) AS charges,
  j.*, s.*
FROM
  (SELECT
    count(*) AS jobs,
    count(array_index) AS array_jobs,
    sum(short_id / 1.0) AS short_ids,
    sum(submit / 1.0) AS submits,
    sum(eligible / 1.0) AS eligibles,
    sum("start" / 1.0) AS starts,
    sum("end" / 1.0) AS ends,
    sum(elapsed / 3600.0) AS elapsed_hours,
    sum(memory / 1073741824.0) AS memory_gib
  FROM jobs) AS j,
  (SELECT
    count(*) AS summary_rows,
    sum(job_count) AS summary_jobs,
    sum(cpu_hours) AS cpu_hours,
    sum(gpu_hours) AS gpu_hours,
    sum(memory_hours) AS memory_hours,
    sum(cpu_charges) AS cpu_charges,
    sum(gpu_charges) AS gpu_charges,
    sum(memory_charges) AS memory_charges
  FROM daily_summary) AS s`;

const RELATIVE_TOLERANCE = 1e-9;

/** @returns one sentence for each total in which the second differs from the first; none is agreement. */
export function disagreements(
  [name, totals]: readonly [string, LoadTotals],
  [otherName, otherTotals]: readonly [string, LoadTotals],
): string[] {
  return Object.entries(totals)
    .filter(([total, value]) => !isClose(value, otherTotals[total]))
    .map(([total, value]) => `${total}: ${name} ${value}, ${otherName} ${otherTotals[total]}`);
}

/** Counts are far below the inverse of the tolerance, so they must be equal. */
function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
