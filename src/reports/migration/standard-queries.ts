import type { OldSchema } from '../../sources/old-database/old-schema.ts';

/** One question, as it is asked of the old database and of the ledger. */
export interface StandardQuery {
  readonly name: string;
  readonly old: string;
  readonly ledger: string;
}

/** Of the newest job: days of the window, inclusive. */
export interface QueryWindow {
  readonly from: string;
  readonly to: string;
}

const NODE_BANDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];

/**
 * The five standard questions: who used what by user and by account, how large jobs were, how long they
 * waited, and the usage of each day. The old database is asked as its own tool does, through its view or its
 * table of hours; the ledger by its summary where that can tell. Both take the window as `@from` and `@to`.
 * @param queues those that are asked about.
 */
export function standardQueries(schema: OldSchema, queues: readonly string[]): StandardQuery[] {
  const old = oldParts(schema, queues);
  const list = textList(queues);
  const ofQueues = `(SELECT id FROM queues WHERE queue_name IN (${list}))`;
  const oldWindow = `jobs."end" >= @from || ' 00:00:00.000000' AND jobs."end" <= @to || ' 23:59:59.999999'`;
  const instants = `j."end" BETWEEN unixepoch(@from) AND unixepoch(@to) + 86399`;
  const usage = (what: 'user' | 'account', table: string, name: string): StandardQuery => ({
    name: `usage by ${what}`,
    old: `SELECT ${old[what]} AS who, sum(${old.cpuHours}) AS hours, count(jobs.id)
      FROM ${old.withHours} WHERE ${old.inQueues} AND ${oldWindow}
      GROUP BY who ORDER BY hours DESC`,
    ledger: `SELECT n.${name}, sum(d.cpu_hours) AS hours, sum(d.job_count)
      FROM daily_summary d JOIN ${table} n ON n.id = d.${what}_id
      WHERE d.date BETWEEN @from AND @to AND d.queue_id IN ${ofQueues}
      GROUP BY d.${what}_id ORDER BY hours DESC`,
  });
  return [
    usage('user', 'users', 'username'),
    usage('account', 'accounts', 'account_name'),
    {
      name: 'job sizes',
      old: `SELECT band, count(id), count(DISTINCT who), sum(hours) FROM (
          SELECT jobs.id, ${old.user} AS who, ${old.cpuHours} AS hours, ${bands('jobs.numnodes')} AS band
          FROM ${old.withHours} WHERE ${old.inQueues} AND ${oldWindow}
        ) GROUP BY band ORDER BY band`,
      ledger: `SELECT ${bands('j.numnodes')} AS band, count(*), count(DISTINCT j.user_id), sum(c.cpu_hours)
        FROM jobs j JOIN job_charges c ON c.job_id = j.id
        WHERE j.queue_id IN ${ofQueues} AND ${instants} GROUP BY band ORDER BY band`,
    },
    {
      name: 'waits',
      old: `SELECT band, avg(wait), count(id) FROM (
          SELECT jobs.id, (julianday(jobs.start) - julianday(jobs.eligible)) * 24 AS wait,
            ${bands('jobs.numnodes')} AS band
          FROM jobs WHERE ${old.inQueues} AND ${oldWindow}
        ) GROUP BY band ORDER BY band`,
      ledger: `SELECT ${bands('j.numnodes')} AS band, avg(j.start - j.eligible) / 3600, count(*)
        FROM jobs j WHERE j.queue_id IN ${ofQueues} AND ${instants} GROUP BY band ORDER BY band`,
    },
    {
      name: 'usage history',
      old: usageHistory(old, oldWindow),
      ledger: `SELECT d.date, count(DISTINCT d.user_id), count(DISTINCT d.account_id),
          count(DISTINCT d.user_id) FILTER (WHERE d.queue_id IN ${ofQueues}),
          count(DISTINCT d.account_id) FILTER (WHERE d.queue_id IN ${ofQueues}),
          sum(d.job_count) FILTER (WHERE d.queue_id IN ${ofQueues}),
          sum(d.cpu_hours) FILTER (WHERE d.queue_id IN ${ofQueues})
        FROM daily_summary d WHERE d.date BETWEEN @from AND @to GROUP BY d.date ORDER BY d.date`,
    },
  ];
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

function usageHistory(old: OldParts, window: string): string {
  const day = `strftime('%Y-%m-%d', jobs."end")`;
  return `SELECT u.day, u.users, p.projects, c.users, c.projects, c.jobs, c.hours FROM
      (SELECT ${day} AS day, count(DISTINCT ${old.user}) AS users FROM jobs WHERE ${window} GROUP BY day) u
      JOIN (SELECT ${day} AS day, count(DISTINCT ${old.account}) AS projects FROM jobs
        WHERE ${window} GROUP BY day) p ON p.day = u.day
      LEFT JOIN (SELECT ${day} AS day, count(DISTINCT ${old.user}) AS users,
          count(DISTINCT ${old.account}) AS projects, count(jobs.id) AS jobs, sum(${old.cpuHours}) AS hours
        FROM ${old.withHours} WHERE ${old.inQueues} AND ${window} GROUP BY day) c ON c.day = u.day
      ORDER BY u.day`;
}

function bands(nodes: string): string {
  const cases = NODE_BANDS.map((most) => `WHEN ${nodes} <= ${most} THEN ${most}`).join(' ');
  return `CASE ${cases} ELSE ${NODE_BANDS[NODE_BANDS.length - 1] + 1} END`;
}

function textList(texts: readonly string[]): string {
  return texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
}
