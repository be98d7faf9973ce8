import type Database from 'better-sqlite3';
import { groupedJobs } from '../facts/grouped-jobs.ts';
import { together } from '../facts/grouping.ts';
import { jobCount } from '../facts/measures.ts';
import type { ReportValue } from '../report.ts';
import { askFacts } from './ask-facts.ts';
import { cursorText, type PagePlace, readCursor } from './cursor.ts';
import { firstJobs } from './first-jobs.ts';
import { type SearchColumn, searchColumn, shownSql } from './job-columns.ts';
import {
  type Condition,
  fittingJobs,
  idsNamed,
  type JobFilter,
  jobConditions,
  says,
  whereOf,
} from './job-filter.ts';

export interface JobOrder {
  /** Key of a search column. */
  readonly by: string;
  readonly descending: boolean;
}

export interface JobSearch {
  readonly filter: JobFilter;
  readonly order: JobOrder;
  readonly columns: readonly SearchColumn[];
  readonly limit: number;
  /** Of a page before; the first page without. */
  readonly cursor?: string;
}

export interface JobPage {
  readonly rows: readonly (readonly ReportValue[])[];
  /** Cursors of the pages beside it; null where there is none. */
  readonly next: string | null;
  readonly previous: string | null;
}

/**
 * One page of the jobs that fit, by keyset: it begins behind a job that the cursor names, so that page 20,000
 * costs what page 1 costs and jobs that are inserted meanwhile shift nothing.
 *
 * In the order of ends each queue is read through its index, and only as far as the page needs. Any other
 * order looks at all jobs that fit: at their facts where these know the order and the filter, else at their rows.
 * @throws CursorError
 */
export function searchJobs(db: Database.Database, search: JobSearch): JobPage {
  const { filter, order, limit, cursor } = search;
  const place = cursor === undefined ? null : readCursor(cursor, filter, order);
  // A page that is read backwards is in the other order, and turned round.
  const backwards = place?.backwards === true;
  const descending = order.descending !== backwards;
  const turned = { ...search, order: { ...order, descending } };
  const found = rowsOfFacts(db, turned, place) ?? rowsOfJobs(db, turned, place);
  const hasMore = found.length > limit;
  const page = backwards ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const at = (i: number, turned: boolean): string | null => {
    const row = page.at(i);
    if (row === undefined) return null;
    return cursorText({ id: row[0], value: row[1], backwards: turned }, filter, order);
  };
  const hasNext = backwards || hasMore;
  const hasPrevious = backwards ? hasMore : place !== null;
  return {
    rows: page.map((row) => row.slice(2)),
    next: hasNext ? at(-1, false) : null,
    previous: hasPrevious ? at(0, true) : null,
  };
}

/** How many jobs fit. */
export function countJobs(db: Database.Database, filter: JobFilter): number {
  const known = askFacts(db, filter, (question) => {
    const counted = groupedJobs(db, { ...question, by: together, measures: [jobCount] });
    return Number(counted.get(0)?.[0] ?? 0);
  });
  if (known !== null) return known;
  const { sql, values } = fittingJobs(filter);
  return Number(
    db
      .prepare<(string | number)[], number>(`SELECT count(*) ${sql}`)
      .pluck()
      .get(...values),
  );
}

/** The id of a job, what it is ordered by, and what is shown of it. */
type PageRow = [number, ReportValue, ...ReportValue[]];

/** @returns null where the facts do not know the order or the filter. */
function rowsOfFacts(
  db: Database.Database,
  { filter, order: { by, descending }, columns, limit }: JobSearch,
  place: PagePlace | null,
): PageRow[] | null {
  const { quantity, sql: key } = searchColumn(by) ?? {};
  if (quantity === undefined || typeof place?.value === 'string') return null;
  const behind = place === null ? null : { id: place.id, value: place.value };
  return askFacts(db, filter, (question) => {
    const ids = firstJobs(db, question, { quantity, descending }, behind, limit + 1);
    const found = db
      .prepare<[string], PageRow>(
        `SELECT j.id, ${[key, ...columns.map(shownSql)].join(', ')}
         FROM json_each(?) AS page CROSS JOIN jobs j ON j.id = page.value
         CROSS JOIN job_charges c ON c.job_id = j.id`,
      )
      .raw()
      // Neighbours are on one page of the file.
      .all(JSON.stringify(ids.toSorted((a, b) => a - b)));
    const rows = new Map(found.map((row) => [row[0], row]));
    return ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
  });
}

function rowsOfJobs(db: Database.Database, search: JobSearch, place: PagePlace | null): PageRow[] {
  const { sql, values } = pageSql(db, search, place);
  return db
    .prepare<(string | number | null)[], PageRow>(sql)
    .raw()
    .all(...values);
}

function pageSql(
  db: Database.Database,
  { filter, order: { by, descending }, columns, limit }: JobSearch,
  place: PagePlace | null,
): { sql: string; values: readonly (string | number | null)[] } {
  const key = searchColumn(by);
  if (key === undefined) throw new Error(`there is no column ${by}`);
  const direction = descending ? 'DESC' : 'ASC';
  const shown = columns.map(shownSql).join(', ');
  const conditions = [...jobConditions(filter), ...behind(key, descending, place)];
  const ordered = `ORDER BY key ${direction}, id ${direction}`;
  if (by !== 'end') {
    const fitting = fittingJobs(filter, behind(key, descending, place));
    const sql = `SELECT id, key, ${columns.map(({ key }) => `"${key}"`).join(', ')} FROM (
        SELECT j.id AS id, ${key.sql} AS key, ${shown} ${fitting.sql})
      ${ordered} LIMIT ${limit + 1}`;
    return { sql, values: fitting.values };
  }
  // The newest of each stretch of an index, merged.
  const parts = stretchesOf(db, filter).map((stretch) => {
    const where = whereOf([stretch, ...conditions]);
    return {
      sql: `SELECT * FROM (SELECT j.id AS id, j."end" AS key FROM jobs j CROSS JOIN job_charges c ON c.job_id = j.id
        ${where.sql} ORDER BY j."end" ${direction}, j.id ${direction} LIMIT ${limit + 1})`,
      values: where.values,
    };
  });
  return mergedSql(parts, shown, `${ordered} LIMIT ${limit + 1}`, direction);
}

/** More parts than these SQLite does not put together in one statement. */
const MOST_STRETCHES = 400;

/**
 * Conditions that cut the jobs that fit into stretches of an index, each in the order of ends: by queue and user,
 * by queue and account, or by queue alone.
 */
function stretchesOf(db: Database.Database, filter: JobFilter): Condition[] {
  const queues = idsNamed(db, 'queue', filter);
  for (const owner of ['user', 'account'] as const) {
    if (!says(owner, filter)) continue;
    const owners = idsNamed(db, owner, filter);
    if (owners.length * queues.length > MOST_STRETCHES) continue;
    return queues.flatMap((queue) =>
      owners.map((id) => ({
        sql: `j.queue_id = ? AND j.${owner}_id = ?`,
        values: [queue, id],
      })),
    );
  }
  return queues.map((queue) => ({ sql: 'j.queue_id = ?', values: [queue] }));
}

function mergedSql(
  parts: readonly { sql: string; values: readonly (string | number | null)[] }[],
  shown: string,
  ordered: string,
  direction: string,
): { sql: string; values: readonly (string | number | null)[] } {
  const union =
    parts.length === 0
      ? 'SELECT NULL AS id, NULL AS key WHERE FALSE'
      : parts.map(({ sql }) => sql).join(' UNION ALL ');
  return {
    sql: `WITH page AS MATERIALIZED (SELECT id, key FROM (${union}) ${ordered})
      SELECT j.id, page.key, ${shown} FROM page
      CROSS JOIN jobs j ON j.id = page.id CROSS JOIN job_charges c ON c.job_id = j.id
      ORDER BY page.key ${direction}, page.id ${direction}`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** What comes after a place in an order; NULL comes first where it ascends, as SQLite has it. */
function behind(
  { sql: key, known }: SearchColumn,
  descending: boolean,
  place: PagePlace | null,
): Condition[] {
  if (place === null) return [];
  const { value, id } = place;
  const beyond = descending ? '<' : '>';
  if (value === null) {
    return descending
      ? [{ sql: `(${key} IS NULL AND j.id < ?)`, values: [id] }]
      : [{ sql: `(${key} IS NOT NULL OR j.id > ?)`, values: [id] }];
  }
  const nulls = descending && known !== true ? ` OR ${key} IS NULL` : '';
  return [
    {
      sql: `(${key} ${beyond}= ?${nulls}) AND (${key} ${beyond} ?${nulls} OR j.id ${beyond} ?)`,
      values: [value, value, id],
    },
  ];
}
