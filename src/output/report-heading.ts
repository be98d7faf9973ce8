import type { Report } from '../reports/report.ts';
import { visibleText } from './visible-text.ts';

/** `usage by user`. */
export function reportName({ kind }: Pick<Report, 'kind'>): string {
  return kind.replaceAll('-', ' ');
}

/** `2026-01-15 to 2026-01-16`. */
export function windowOf({ from, to }: Pick<Report, 'from' | 'to'>): string {
  return from === null && to === null
    ? 'no jobs'
    : `${from ?? 'the beginning'} to ${to ?? 'the end'}`;
}

/** What a report is of, in one line. */
export function reportHeading(report: Report): string {
  return `${visibleText(report.machine)}, ${reportName(report)}, ${windowOf(report)}`;
}
