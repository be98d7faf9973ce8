import type Database from 'better-sqlite3';
import { SEGMENT_IDS } from '../../ledger/facts/job-facts.ts';
import { type FactFilter, withId, withinBounds } from '../facts/fact-filter.ts';
import { ledgerClock } from '../ledger-clock.ts';
import type { DayRange } from '../window.ts';
import { searchColumn } from './job-columns.ts';
import {
  type Bound,
  idCondition,
  idsNamed,
  type JobFilter,
  queueCondition,
  says,
  whereOf,
} from './job-filter.ts';

/** The jobs that fit, as the facts know them. */
export interface FactQuestion {
  /** How many jobs there are in all, whether or not they fit. */
  readonly allJobs: number;
  readonly window: DayRange;
  readonly filters: readonly FactFilter[];
}

/**
 * Asks the facts of jobs, as they are at one moment.
 * @returns null where the rows must be asked, as the facts lag behind them or do not know what the filter is of;
 * and where the rows are as fast.
 */
export function askFacts<Answer>(
  db: Database.Database,
  filter: JobFilter,
  ask: (question: FactQuestion) => Answer,
): Answer | null {
  return db.transaction(() => {
    const allJobs = jobsOfFacts(db);
    if (allJobs === null || areFew(db, filter, allJobs)) return null;
    const known = factsOf(db, filter);
    return known === null ? null : ask({ allJobs, ...known });
  })();
}

/** @returns null where rows have changed and their facts have not: a run is at work, or was interrupted. */
function jobsOfFacts(db: Database.Database): number | null {
  const jobs = db
    .prepare<[], number | null>(
      `SELECT sum(jobs) FROM fact_segments
       WHERE NOT EXISTS (SELECT 1 FROM stale_segments)
       HAVING max(id) >= (SELECT max(id) FROM jobs) / ${SEGMENT_IDS}`,
    )
    .pluck()
    .get();
  return jobs ?? null;
}

/** Less of all jobs than one of so many is read sooner as rows, where an index leads to them. */
const SMALL_PART = 128;

function areFew(db: Database.Database, filter: JobFilter, allJobs: number): boolean {
  const owner = says('user', filter) ? 'user' : 'account';
  const { sql, values } = whereOf([...queueCondition(filter), ...idCondition(owner, filter)]);
  if (values.length === 0) return false;
  const enough = Math.ceil(allJobs / SMALL_PART);
  const jobs = db
    .prepare<(string | number)[], number>(
      `SELECT count(*) FROM
         (SELECT 1 FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id ${sql} LIMIT ${enough})`,
    )
    .pluck()
    .get(...values);
  return Number(jobs) < enough;
}

function factsOf(db: Database.Database, filter: JobFilter): Omit<FactQuestion, 'allJobs'> | null {
  const { names = [], jobIds = [], run, bounds = [] } = filter;
  if (names.length > 0 || jobIds.length > 0 || run !== undefined) return null;
  const window = wholeDays(db, filter);
  // A bound without ends lets a job through of which the value is not known, as a condition that is not there does.
  const inBounds = bounds.filter(({ min, max }) => (min ?? max) !== null).map(boundFilter);
  if (window === null || !inBounds.every((known) => known !== null)) return null;
  const named = (['user', 'account', 'queue', 'qos', 'status'] as const)
    .filter((name) => says(name, filter))
    .map((name) => withId(`${name}_id`, new Set(idsNamed(db, name, filter))));
  return { window, filters: [...named, ...inBounds] };
}

/** @returns null where the instants are not those at which local days begin. */
function wholeDays(
  db: Database.Database,
  { endFrom, endBefore }: Pick<JobFilter, 'endFrom' | 'endBefore'>,
): DayRange | null {
  const clock = ledgerClock(db);
  const isDayStart = (instant: number | undefined): boolean =>
    instant === undefined || clock.dayStart(clock.localDay(instant)) === instant;
  if (!isDayStart(endFrom) || !isDayStart(endBefore)) return null;
  return {
    fromDay: endFrom === undefined ? Number.NEGATIVE_INFINITY : clock.localDay(endFrom),
    toDay: endBefore === undefined ? Number.POSITIVE_INFINITY : clock.localDay(endBefore) - 1,
  };
}

function boundFilter({ column, min, max }: Bound): FactFilter | null {
  const quantity = searchColumn(column)?.quantity;
  if (quantity === undefined) return null;
  return withinBounds(quantity, min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY);
}
