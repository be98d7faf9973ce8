import type Database from 'better-sqlite3';
import type { MachineFacts } from '../site/machine-facts.ts';
import type { Chart } from './charts/chart.ts';
import type { Period } from './period.ts';
import type { Report } from './report.ts';

/** What can be asked of a report besides its window. */
export type ReportOption = 'period' | 'top';

export interface ReportQuestion {
  /** Site-local days of the jobs' end, inclusive, as `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** Into what the window is cut, where the report does. */
  readonly period: Period;
  /** At most so many rows, the largest; null for all. */
  readonly top: number | null;
  /** What the configuration tells of the machine of the ledger. */
  readonly site: MachineFacts;
}

/** A question that can be asked of any ledger. */
export interface ReportDefinition {
  readonly name: string;
  /** One sentence without its full stop, for lists and headings. */
  readonly title: string;
  readonly options: readonly ReportOption[];
  /** What is drawn of it; left out where a picture would tell nothing. */
  readonly chart?: Chart;
  answer(db: Database.Database, question: ReportQuestion): Report;
}
