import type Database from 'better-sqlite3';
import { exactSumSql } from '../../ledger/exact-sum.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';

export const SUMMARY_MEASURES = [
  'job_count',
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
  'cpu_charges',
  'gpu_charges',
  'memory_charges',
] as const;

/** A row of the daily summary, its day aside. */
export interface SummaryRow extends Readonly<Record<(typeof SUMMARY_MEASURES)[number], number>> {
  readonly user_id: number;
  readonly account_id: number;
  readonly queue_id: number;
}

const HOURS = ['cpu', 'gpu', 'memory'];

/** The summary as it is stored, and as the jobs make it anew, a day at a time. */
export class SummaryRows {
  readonly #db: Database.Database;
  readonly #stored: Database.Statement<[string], SummaryRow>;
  readonly #fresh: Database.Statement<[number, number], SummaryRow>;
  readonly #nextEnd: Database.Statement<[number], number | null>;

  constructor(db: Database.Database) {
    this.#db = db;
    this.#stored = db.prepare(
      `SELECT user_id, account_id, queue_id, ${SUMMARY_MEASURES.join(', ')}
       FROM daily_summary WHERE date = ?`,
    );
    // The index is named: without it every day would cost a reading of all jobs.
    this.#fresh = db.prepare(
      `SELECT j.user_id, j.account_id, j.queue_id, count(*) AS job_count,
         ${HOURS.map((name) => `${exactSumSql(`c.${name}_hours`)} AS ${name}_hours`).join(', ')},
         ${HOURS.map((name) => `${exactSumSql(`c.${name}_hours * c.qos_factor`)} AS ${name}_charges`).join(', ')}
       FROM queues q
       CROSS JOIN jobs j INDEXED BY ix_jobs_queue_end
         ON j.queue_id = q.id AND j."end" >= ? AND j."end" < ?
       CROSS JOIN job_charges c ON c.job_id = j.id
       GROUP BY j.user_id, j.account_id, j.queue_id`,
    );
    this.#nextEnd = db
      .prepare<[number], number | null>(
        `SELECT min((SELECT min(j."end") FROM jobs j INDEXED BY ix_jobs_queue_end
           WHERE j.queue_id = q.id AND j."end" >= ?)) FROM queues q`,
      )
      .pluck();
  }

  storedDates(): string[] {
    return this.#db
      .prepare<[], string>('SELECT DISTINCT date FROM daily_summary ORDER BY date')
      .pluck()
      .all();
  }

  /** The local days that have jobs, ascending. */
  *jobDays(clock: ZoneClock): Generator<number> {
    let end = this.#nextEnd.get(Number.MIN_SAFE_INTEGER);
    while (typeof end === 'number') {
      const day = clock.localDay(end);
      yield day;
      end = this.#nextEnd.get(clock.dayStart(day + 1));
    }
  }

  stored(date: string): Map<string, SummaryRow> {
    return byKey(this.#stored.all(date));
  }

  /** @param start the instant that a day begins at, likewise `end` the next one. */
  fresh(start: number, end: number): Map<string, SummaryRow> {
    return byKey(this.#fresh.all(start, end));
  }
}

function byKey(rows: readonly SummaryRow[]): Map<string, SummaryRow> {
  return new Map(rows.map((row) => [`${row.user_id} ${row.account_id} ${row.queue_id}`, row]));
}
