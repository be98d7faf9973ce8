import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import type { DayRange } from '../window.ts';

/** Where the columns of a row stand. */
export const ROW = { user: 0, account: 1, queue: 2, jobs: 3, firstHours: 4 } as const;

/** Ids of user, account and queue, jobs, and six sums: CPU, GPU and memory hours, then charges. */
export type SummaryRow = readonly number[];

/** Days whose rows are in memory together. */
const DAYS_AT_ONCE = 31;

/** Reads windows of the daily summary. To add its rows up takes half as long as to have SQLite group them. */
export class SummaryReader {
  readonly #days: DayRange;
  readonly #rows: Database.Statement<[string, string], SummaryRow>;

  constructor(db: Database.Database) {
    const { first, last } = summaryDays(db);
    this.#days =
      first === null || last === null
        ? { fromDay: 0, toDay: -1 }
        : { fromDay: parseLocalDay(first), toDay: parseLocalDay(last) };
    this.#rows = db
      .prepare<[string, string], SummaryRow>(
        `SELECT user_id, account_id, queue_id, job_count, cpu_hours, gpu_hours, memory_hours,
           cpu_charges, gpu_charges, memory_charges
         FROM daily_summary WHERE date BETWEEN ? AND ?`,
      )
      .raw();
  }

  /** All rows of a window of site-local days, by day, some days at a time. */
  *rows(window: DayRange): Generator<readonly SummaryRow[]> {
    const toDay = Math.min(window.toDay, this.#days.toDay);
    let day = Math.max(window.fromDay, this.#days.fromDay);
    for (; day <= toDay; day += DAYS_AT_ONCE) {
      const last = Math.min(day + DAYS_AT_ONCE - 1, toDay);
      yield this.#rows.all(formatLocalDay(day), formatLocalDay(last));
    }
  }
}

/** The first and the last day that have jobs. Asked apart, each is read off an end of the table. */
export function summaryDays(db: Database.Database): { first: string | null; last: string | null } {
  const days = db
    .prepare<[], { first: string | null; last: string | null }>(
      `SELECT (SELECT min(date) FROM daily_summary) AS first,
         (SELECT max(date) FROM daily_summary) AS last`,
    )
    .get();
  return days ?? { first: null, last: null };
}
