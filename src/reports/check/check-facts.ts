import type Database from 'better-sqlite3';
import { formatLocalDay, parseLocalDay } from '../../site/local-day.ts';
import type { CheckWindow } from './check-window.ts';
import type { DayCount } from './odd-days.ts';

/** All that a check looks at. Times are epoch seconds UTC, days local days (days since 1970-01-01). */
export interface CheckFacts {
  readonly newestEnd: number | null;
  readonly lastIngest: LastIngest | null;
  readonly lastReading: LastReading | null;
  /** Runs of the window that no complete run of their command has followed, oldest first. */
  readonly openRuns: readonly OpenRun[];
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  /** Days with jobs, ascending, those before the window included that it is compared with. */
  readonly days: readonly DayCount[];
  /** Files of the window's runs whose last reading did not come to their end. */
  readonly unreadFiles: readonly UnreadFile[];
  /** Days whose summary does not know all of their jobs. */
  readonly staleDays: number;
}

/** The last complete run of `ingest`. */
export interface LastIngest {
  readonly runId: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly lines: number;
  readonly rejects: number;
}

/**
 * The last complete run of `ingest` in the window that read lines: one that finds nothing new says nothing about those that the
 * run before it rejected.
 */
export interface LastReading {
  readonly runId: number;
  readonly lines: number;
  /** Those that still are; what was retried and became a job is none. */
  readonly rejects: number;
}

export interface OpenRun {
  readonly id: number;
  readonly command: string;
  readonly status: 'running' | 'failed' | 'interrupted';
  readonly startedAt: number;
  readonly error: string | null;
}

export interface UnreadFile {
  readonly path: string;
  readonly runId: number;
}

/** Looks into the small tables, and of the jobs at the last of each queue only. */
export function checkFacts(db: Database.Database, window: CheckWindow): CheckFacts {
  const { first, last } = edges(db);
  return {
    newestEnd: newestEnd(db),
    lastIngest: lastIngest(db),
    lastReading: lastReading(db, window.startsAt),
    openRuns: openRuns(db, window.startsAt),
    firstDay: first === null ? null : parseLocalDay(first),
    lastDay: last === null ? null : parseLocalDay(last),
    days: dayCounts(db, window),
    unreadFiles: unreadFiles(db, window.startsAt),
    staleDays: db.prepare<[], number>('SELECT count(*) FROM stale_days').pluck().get() ?? 0,
  };
}

function newestEnd(db: Database.Database): number | null {
  // The index of queues and ends has the answer for each queue at its last entry.
  return (
    db
      .prepare<[], number | null>(
        `SELECT max((SELECT max(j."end") FROM jobs j WHERE j.queue_id = q.id)) FROM queues q`,
      )
      .pluck()
      .get() ?? null
  );
}

function lastIngest(db: Database.Database): LastIngest | null {
  const run = db
    .prepare<[], LastIngest>(
      `SELECT r.id AS runId, r.started_at AS startedAt, coalesce(r.finished_at, r.started_at) AS finishedAt,
         coalesce(sum(f.lines), 0) AS lines, coalesce(sum(f.rejects), 0) AS rejects
       FROM runs r LEFT JOIN run_files f ON f.run_id = r.id
       WHERE r.id = (
         SELECT max(id) FROM runs WHERE command IN ('ingest', 'rebuild', 'migrate') AND status = 'complete')
       GROUP BY r.id`,
    )
    .get();
  return run ?? null;
}

function lastReading(db: Database.Database, startsAt: number): LastReading | null {
  const run = db
    .prepare<[number], LastReading>(
      `SELECT r.id AS runId, (SELECT sum(lines) FROM run_files WHERE run_id = r.id) AS lines,
         (SELECT count(*) FROM rejects WHERE run_id = r.id) AS rejects
       FROM runs r
       WHERE r.command IN ('ingest', 'rebuild', 'migrate') AND r.status = 'complete' AND r.started_at >= ?
         AND EXISTS (SELECT 1 FROM run_files WHERE run_id = r.id AND lines > 0)
       ORDER BY r.id DESC LIMIT 1`,
    )
    .get(startsAt);
  return run ?? null;
}

function openRuns(db: Database.Database, startsAt: number): OpenRun[] {
  return db
    .prepare<[number], OpenRun>(
      `SELECT r.id, r.command, r.status, r.started_at AS startedAt, r.error
       FROM runs r
       WHERE r.status <> 'complete' AND r.started_at >= ?
         AND r.id > coalesce(
           (SELECT max(id) FROM runs c WHERE c.command = r.command AND c.status = 'complete'), 0)
       ORDER BY r.id`,
    )
    .all(startsAt);
}

function unreadFiles(db: Database.Database, startsAt: number): UnreadFile[] {
  // A path whose content was replaced has a later row, and that one counts.
  return db
    .prepare<[number], UnreadFile>(
      `SELECT f.path, r.id AS runId
       FROM source_files f
       JOIN runs r ON r.id = (SELECT max(run_id) FROM run_files WHERE file_id = f.id)
       WHERE f.complete = 0 AND r.started_at >= ?
         AND NOT EXISTS (SELECT 1 FROM source_files l WHERE l.path = f.path AND l.id > f.id)
       ORDER BY f.path`,
    )
    .all(startsAt);
}

function dayCounts(db: Database.Database, { comparedFrom, to }: CheckWindow): DayCount[] {
  return db
    .prepare<[string, string], { date: string; jobs: number }>(
      `SELECT date, sum(job_count) AS jobs FROM daily_summary
       WHERE date BETWEEN ? AND ? GROUP BY date ORDER BY date`,
    )
    .all(formatLocalDay(comparedFrom), formatLocalDay(to))
    .map(({ date, jobs }) => ({ day: parseLocalDay(date), jobs }));
}

function edges(db: Database.Database): { first: string | null; last: string | null } {
  // One aggregate at a time, so that each is one step at an end of the table.
  return (
    db
      .prepare<[], { first: string | null; last: string | null }>(
        `SELECT (SELECT min(date) FROM daily_summary) AS first,
           (SELECT max(date) FROM daily_summary) AS last`,
      )
      .get() ?? { first: null, last: null }
  );
}
