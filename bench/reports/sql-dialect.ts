import { utcOffsetCase } from '../peers/utc-offset-case.ts';

/** What a question needs that databases spell differently, of a job `j`. */
export interface SqlDialect {
  readonly total: (value: string) => string;
  readonly percentile: (value: string, percent: number) => string;
  /** The site-local day of the end, and its month, as text. */
  readonly day: string;
  readonly month: string;
  /** Whether a job ended in the window; `@start` and `@end` are instants, `@from` and `@to` days. */
  readonly isInWindow: string;
}

const LOCAL_END = `j."end" + (${utcOffsetCase('j."end"')})`;

export const SQLITE: SqlDialect = {
  total: (value) => `total(${value})`,
  percentile: (value, percent) => `percentile(${value}, ${percent})`,
  day: `strftime('%F', ${LOCAL_END}, 'unixepoch')`,
  month: `strftime('%Y-%m', ${LOCAL_END}, 'unixepoch')`,
  isInWindow: 'j."end" >= @start AND j."end" < @end',
};

/** The day is a column of its copy, so that it need not work it out. */
export const DUCKDB: SqlDialect = {
  total: (value) => `coalesce(sum(${value}), 0)`,
  percentile: (value, percent) => `quantile_cont(${value}, ${percent / 100})`,
  day: "strftime(j.end_day, '%Y-%m-%d')",
  month: "strftime(j.end_day, '%Y-%m')",
  isInWindow: 'j.end_day BETWEEN $from::DATE AND $to::DATE',
};
