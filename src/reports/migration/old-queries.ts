import type Database from 'better-sqlite3';
import type { OldSchema } from '../../sources/old-database/old-schema.ts';
import type { ReportValue } from '../report.ts';
import { NODE_LIMITS } from './node-limits.ts';
import type { StandardQueries, StandardQuery } from './standard-queries.ts';

const IN_WINDOW = 'jobs."end" >= @start AND jobs."end" < @end';

/**
 * The standard queries as the old tool asks them of its own database: by its view or its table of hours, with
 * queues by name.
 * @param queues those that are asked about.
 */
export function oldQueries(
  db: Database.Database,
  schema: OldSchema,
  queues: readonly string[],
): StandardQueries {
  const parts = oldParts(schema, queues);
  return {
    'usage by user': asked(db, usageBy(parts, parts.user)),
    'usage by account': asked(db, usageBy(parts, parts.account)),
    'job sizes': asked(db, jobSizes(parts)),
    waits: asked(db, waits(parts)),
    'usage history': asked(db, usageHistory(parts)),
  };
}

function asked(db: Database.Database, sql: string): StandardQuery {
  const statement = db.prepare<[{ start: string; end: string }], ReportValue[]>(sql).raw();
  return ({ start, end }) => statement.all({ start: timeText(start), end: timeText(end) });
}

interface OldParts {
  readonly user: string;
  readonly account: string;
  readonly inQueues: string;
  readonly withHours: string;
  readonly cpuHours: string;
}

function oldParts(schema: OldSchema, queues: readonly string[]): OldParts {
  const { hours } = schema;
  return {
    user: nameOf(schema, 'user', 'users', 'username'),
    account: nameOf(schema, 'account', 'accounts', 'account_name'),
    inQueues: `${nameOf(schema, 'queue', 'queues', 'queue_name')} IN (${textList(queues)})`,
    withHours:
      hours === null ? 'jobs' : `jobs JOIN ${hours.relation} h ON jobs.id = h.${hours.key}`,
    cpuHours: hours?.columns.includes('cpu_hours') === true ? 'h.cpu_hours' : '0',
  };
}

/** The tool asks for a text that it has, and for the name of an id by a query within the query. */
function nameOf(
  schema: OldSchema,
  column: 'user' | 'account' | 'queue',
  table: string,
  name: string,
): string {
  if (schema.expressions[column]?.includes(`j."${column}"`) === true) return `jobs."${column}"`;
  return `(SELECT ${name} FROM ${table} WHERE ${table}.id = jobs.${column}_id)`;
}

function usageBy({ cpuHours, withHours, inQueues }: OldParts, owner: string): string {
  return `SELECT ${owner} AS who, sum(${cpuHours}) AS hours, count(jobs.id)
    FROM ${withHours} WHERE ${inQueues} AND ${IN_WINDOW}
    GROUP BY who ORDER BY hours DESC`;
}

function jobSizes({ user, cpuHours, withHours, inQueues }: OldParts): string {
  return `SELECT size, count(id), count(DISTINCT who), sum(hours) FROM (
      SELECT jobs.id, ${user} AS who, ${cpuHours} AS hours, ${SIZE} AS size
      FROM ${withHours} WHERE ${inQueues} AND ${IN_WINDOW}
    ) GROUP BY size ORDER BY size`;
}

function waits({ inQueues }: OldParts): string {
  return `SELECT size, count(id), avg(wait) FROM (
      SELECT jobs.id, (julianday(jobs.start) - julianday(jobs.eligible)) * 24 AS wait, ${SIZE} AS size
      FROM jobs WHERE ${inQueues} AND ${IN_WINDOW}
    ) GROUP BY size ORDER BY size`;
}

function usageHistory({ user, account, inQueues, withHours, cpuHours }: OldParts): string {
  const day = `strftime('%Y-%m-%d', jobs."end")`;
  return `SELECT u.day, u.users, p.projects, coalesce(c.users, 0), coalesce(c.projects, 0),
      coalesce(c.jobs, 0), coalesce(c.hours, 0) FROM
      (SELECT ${day} AS day, count(DISTINCT ${user}) AS users FROM jobs WHERE ${IN_WINDOW} GROUP BY day) u
      JOIN (SELECT ${day} AS day, count(DISTINCT ${account}) AS projects FROM jobs
        WHERE ${IN_WINDOW} GROUP BY day) p ON p.day = u.day
      LEFT JOIN (SELECT ${day} AS day, count(DISTINCT ${user}) AS users,
          count(DISTINCT ${account}) AS projects, count(jobs.id) AS jobs, sum(${cpuHours}) AS hours
        FROM ${withHours} WHERE ${inQueues} AND ${IN_WINDOW} GROUP BY day) c ON c.day = u.day
      ORDER BY u.day`;
}

const SIZE = sizeOf('jobs.numnodes');

function sizeOf(nodes: string): string {
  const cases = NODE_LIMITS.map((most, size) => `WHEN ${nodes} <= ${most} THEN ${size}`);
  const above = NODE_LIMITS.length;
  return `CASE ${cases.join(' ')} WHEN ${nodes} IS NULL THEN ${above + 1} ELSE ${above} END`;
}

function textList(texts: readonly string[]): string {
  return texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
}

/** As the tool writes a time. */
function timeText(utcSeconds: number): string {
  const iso = new Date(1000 * utcSeconds).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}.000000`;
}
