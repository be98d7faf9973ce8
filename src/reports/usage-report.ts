import type Database from 'better-sqlite3';
import type { ReportQuestion } from './definition.ts';
import { withHourShares } from './hour-shares.ts';
import type { Report, ReportColumn } from './report.ts';
import { USAGE_COLUMNS } from './usage-columns.ts';
import { windowReport } from './window-report.ts';

/**
 * A table of what each group used, with its share of all hours.
 * @param groupColumns what stands before the usage: the group, and how many users and accounts it has.
 */
export function usageReport(
  db: Database.Database,
  kind: string,
  window: Pick<ReportQuestion, 'from' | 'to'>,
  groupColumns: readonly ReportColumn[],
  rows: Report['rows'],
  notes: readonly string[],
): Report {
  const columns = [...groupColumns, ...USAGE_COLUMNS];
  return withHourShares(windowReport(db, kind, window, { columns, rows }, notes));
}
