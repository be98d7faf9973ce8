import type Database from 'better-sqlite3';
import { cursorText } from '../../src/reports/search/cursor.ts';
import { DEFAULT_COLUMNS, searchColumn } from '../../src/reports/search/job-columns.ts';
import type { JobFilter } from '../../src/reports/search/job-filter.ts';
import { type JobOrder, type JobSearch, searchJobs } from '../../src/reports/search/search-jobs.ts';
import { BenchError } from '../bench-error.ts';
import { type Timing, timed } from './timed.ts';

export interface PageTiming {
  readonly search: string;
  readonly page: number;
  readonly timing: Timing;
}

const PAGES = [1, 1000, 20_000];
const LIMIT = 50;
const COLUMNS = DEFAULT_COLUMNS.flatMap((key) => searchColumn(key) ?? []);

interface PagedSearch {
  readonly name: string;
  readonly filter: JobFilter;
  readonly order: JobOrder;
  /** SQL of the same jobs in the same order. */
  readonly where: string;
  readonly orderSql: string;
}

/**
 * Pages of a search at several depths, as far as there are so many. Where a page begins is found by counting rows
 * off, which also tells what must be on it.
 * @throws BenchError where a page has other jobs than that.
 */
export async function jobPages(db: Database.Database, runs: number): Promise<PageTiming[]> {
  const timings: PageTiming[] = [];
  for (const search of searches(db)) {
    for (const page of PAGES) {
      const ids = pageIds(db, search, page);
      if (ids.length <= LIMIT) continue;
      const asked = pageSearch(db, search, page === 1 ? null : ids[0]);
      const { answer, timing } = await timed(() => searchJobs(db, asked), runs);
      const expected = jobIdsOf(db, page === 1 ? ids.slice(0, LIMIT) : ids.slice(1));
      if (answer.rows.map(([job]) => job).join() !== expected.join()) {
        throw new BenchError(`${search.name}, page ${page}: it has other jobs than counted off`);
      }
      timings.push({ search: search.name, page, timing });
    }
  }
  return timings;
}

function searches(db: Database.Database): PagedSearch[] {
  const [user, userId] = mostOf(db, 'users', 'username', 'user_id');
  const [queue, queueId] = mostOf(db, 'queues', 'queue_name', 'queue_id');
  const byEnd = { order: { by: 'end', descending: true }, orderSql: 'j."end" DESC, j.id DESC' };
  return [
    { name: 'newest first', filter: {}, where: 'TRUE', ...byEnd },
    {
      name: 'oldest first',
      filter: {},
      where: 'TRUE',
      order: { by: 'end', descending: false },
      orderSql: 'j."end", j.id',
    },
    {
      name: 'of the busiest queue',
      filter: { queues: [queue] },
      where: `j.queue_id = ${queueId}`,
      ...byEnd,
    },
    {
      name: 'of the busiest user',
      filter: { users: [user] },
      where: `j.user_id = ${userId}`,
      ...byEnd,
    },
    {
      name: 'most CPU hours first',
      filter: {},
      where: 'TRUE',
      order: { by: 'cpu-hours', descending: true },
      orderSql: 'c.cpu_hours DESC, j.id DESC',
    },
  ];
}

/** The name and the id of whom most jobs are. */
function mostOf(
  db: Database.Database,
  table: string,
  name: string,
  id: string,
): readonly [string, number] {
  const most = db
    .prepare<[], [string, number]>(
      `SELECT ${name}, id FROM ${table} WHERE id =
         (SELECT ${id} FROM daily_summary GROUP BY ${id} ORDER BY sum(job_count) DESC LIMIT 1)`,
    )
    .raw()
    .get();
  if (most === undefined) throw new BenchError('the ledger has no jobs');
  return most;
}

/** The last job of the page before it, and its own. */
function pageIds(
  db: Database.Database,
  { where, orderSql }: PagedSearch,
  page: number,
): readonly number[] {
  const skipped = Math.max(0, (page - 1) * LIMIT - 1);
  return db
    .prepare<[], number>(
      `SELECT j.id FROM jobs j JOIN job_charges c ON c.job_id = j.id WHERE ${where}
       ORDER BY ${orderSql} LIMIT ${LIMIT + 1} OFFSET ${skipped}`,
    )
    .pluck()
    .all();
}

function pageSearch(
  db: Database.Database,
  { filter, order }: PagedSearch,
  after: number | null,
): JobSearch {
  const search = { filter, order, columns: COLUMNS, limit: LIMIT };
  if (after === null) return search;
  const value = db
    .prepare<[number], number>(
      `SELECT ${searchColumn(order.by)?.sql} FROM jobs j JOIN job_charges c ON c.job_id = j.id WHERE j.id = ?`,
    )
    .pluck()
    .get(after);
  const place = { value: value ?? null, id: after, backwards: false };
  return { ...search, cursor: cursorText(place, filter, order) };
}

function jobIdsOf(db: Database.Database, ids: readonly number[]): string[] {
  const idOf = db.prepare<[number], string>('SELECT job_id FROM jobs WHERE id = ?').pluck();
  return ids.map((id) => idOf.get(id) ?? '');
}
