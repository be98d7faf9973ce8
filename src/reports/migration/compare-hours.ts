import type Database from 'better-sqlite3';
import { closeLedger, openForReading } from '../../ledger/sqlite/open-ledger.ts';
import type { OldHours, OldHoursColumn } from '../../sources/old-database/old-schema.ts';

/** Hours that differ by no more than this are the same: old ones were worked out in another order. */
export const HOURS_TOLERANCE = 0.01;

/** Jobs of a ledger, by their ids, whose hours are compared with those of the database they came from. */
export interface HoursComparison {
  readonly ledgerPath: string;
  readonly oldPath: string;
  readonly hours: OldHours;
  readonly firstId: number;
  readonly lastId: number;
}

export interface HoursDifferences {
  readonly queues: readonly QueueHours[];
}

/** The jobs of one queue. */
export interface QueueHours {
  readonly queue: string;
  readonly jobs: number;
  /** Jobs that the old database has no hours of. */
  readonly missing: number;
  /** Jobs with hours that differ by more than HOURS_TOLERANCE. */
  readonly differing: number;
  readonly largestDifference: number;
  readonly oldHours: number;
  readonly newHours: number;
}

export interface DifferingJob {
  readonly jobId: string;
  readonly queue: string;
  readonly measure: OldHoursColumn;
  readonly oldHours: number;
  readonly newHours: number;
}

/** Compares by queue, over all the measures that the old database has. An unknown hour of the old is 0. */
export function compareHours(task: HoursComparison): HoursDifferences {
  return askBoth(task, (db) => {
    const { hours, firstId, lastId } = task;
    const differences = hours.columns.map(difference);
    const largest = differences.length === 1 ? differences[0] : `max(${differences.join(', ')})`;
    const queues = db
      .prepare<[number, number], QueueHours>(
        `SELECT q.queue_name AS queue, sum(jobs) AS jobs, sum(missing) AS missing,
           sum(differing) AS differing, max(largest) AS largestDifference,
           total(oldHours) AS oldHours, total(newHours) AS newHours
         FROM (
           SELECT n.queue_id, count(*) AS jobs, sum(o.${hours.key} IS NULL) AS missing,
             total(o.${hours.key} IS NOT NULL AND ${largest} > ${HOURS_TOLERANCE}) AS differing,
             max(CASE WHEN o.${hours.key} IS NULL THEN 0 ELSE ${largest} END) AS largest,
             total(${hours.columns.map((name) => `coalesce(o.${name}, 0)`).join(' + ')}) AS oldHours,
             total(${hours.columns.map((name) => `c.${name}`).join(' + ')}) AS newHours
           ${fromBoth(hours)}
           WHERE n.id BETWEEN ? AND ?
           GROUP BY n.queue_id
         ) JOIN queues q ON q.id = queue_id
         GROUP BY queue_id ORDER BY queue`,
      )
      .all(firstId, lastId);
    return { queues };
  });
}

/** The first jobs with hours that differ, by their ids, so that one can look what is behind it. */
export function differingJobs(task: HoursComparison, limit: number): DifferingJob[] {
  return askBoth(task, (db) => {
    const { hours, firstId, lastId } = task;
    return hours.columns
      .flatMap((measure) =>
        db
          .prepare<[number, number, number], DifferingJob>(
            `SELECT n.job_id AS jobId, q.queue_name AS queue, '${measure}' AS measure,
               coalesce(o.${measure}, 0) AS oldHours, c.${measure} AS newHours
             ${fromBoth(hours)} JOIN queues q ON q.id = n.queue_id
             WHERE n.id BETWEEN ? AND ? AND o.${hours.key} IS NOT NULL
               AND ${difference(measure)} > ${HOURS_TOLERANCE}
             ORDER BY n.id LIMIT ?`,
          )
          .all(firstId, lastId, limit),
      )
      .slice(0, limit);
  });
}

/** @returns the differences of all ranges together. */
export function addDifferences(parts: readonly HoursDifferences[]): HoursDifferences {
  const queues = new Map<string, QueueHours>();
  for (const part of parts.flatMap((each) => each.queues)) {
    const known = queues.get(part.queue);
    queues.set(part.queue, known === undefined ? part : sumOf(known, part));
  }
  return { queues: [...queues.values()].sort((a, b) => (a.queue < b.queue ? -1 : 1)) };
}

function sumOf(a: QueueHours, b: QueueHours): QueueHours {
  return {
    queue: a.queue,
    jobs: a.jobs + b.jobs,
    missing: a.missing + b.missing,
    differing: a.differing + b.differing,
    largestDifference: Math.max(a.largestDifference, b.largestDifference),
    oldHours: a.oldHours + b.oldHours,
    newHours: a.newHours + b.newHours,
  };
}

/** The line that a job came from is its row id in the old database. */
function fromBoth({ relation, key }: OldHours): string {
  return `FROM main.jobs n JOIN main.job_charges c ON c.job_id = n.id
    LEFT JOIN old.${relation} o ON o.${key} = n.line`;
}

function difference(measure: OldHoursColumn): string {
  return `abs(c.${measure} - coalesce(o.${measure}, 0))`;
}

function askBoth<Answer>(
  { ledgerPath, oldPath }: HoursComparison,
  question: (db: Database.Database) => Answer,
): Answer {
  const db = openForReading(ledgerPath);
  try {
    // Inherits that nothing may be written.
    db.prepare('ATTACH ? AS old').run(oldPath);
    return question(db);
  } finally {
    closeLedger(db);
  }
}
