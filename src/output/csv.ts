import { stringify } from 'csv-stringify/sync';
import type { Report } from '../reports/report.ts';

/** A report as RFC 4180 CSV: the keys of its columns, then unrounded values; NULL is empty. */
export function reportCsv(report: Report): string {
  return stringify([report.columns.map(({ key }) => key), ...report.rows], {
    record_delimiter: 'windows',
  });
}
