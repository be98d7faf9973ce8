import type { ReportValue } from '../report.ts';

/** The five questions that the old tool was made to answer. */
export const STANDARD_QUERIES = [
  'usage by user',
  'usage by account',
  'job sizes',
  'waits',
  'usage history',
] as const;

export type StandardQueryName = (typeof STANDARD_QUERIES)[number];

/**
 * Asks a question of one of the two databases. Answers of both have the same rows in the same columns; only
 * the days of the usage history are those of UTC in the old one, which knows no other.
 */
export type StandardQuery = (window: QueryWindow) => ReportValue[][];

export type StandardQueries = Readonly<Record<StandardQueryName, StandardQuery>>;

/** Site-local days, inclusive, and the instants at which the first begins and the last has ended. */
export interface QueryWindow {
  readonly from: string;
  readonly to: string;
  readonly start: number;
  readonly end: number;
}
