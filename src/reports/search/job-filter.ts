import type Database from 'better-sqlite3';
import type { Named } from '../facts/names-of.ts';
import { searchColumn } from './job-columns.ts';

/** Which jobs are meant; all where nothing is said. Conditions on different things hold together. */
export interface JobFilter {
  /** Globs of names; a job fits that fits one of them. */
  readonly users?: readonly string[];
  readonly accounts?: readonly string[];
  readonly queues?: readonly string[];
  readonly qos?: readonly string[];
  readonly names?: readonly string[];
  /** Exit status as the scheduler wrote it, or `ok` and `failed`. */
  readonly statuses?: readonly string[];
  /** With or without the server; `123[]` is the array with all its members. */
  readonly jobIds?: readonly string[];
  /** Instants of the job's end: from the first, up to but not at the second. */
  readonly endFrom?: number;
  readonly endBefore?: number;
  /** The run that put them into the ledger. */
  readonly run?: number;
  /** Bounds of columns, both within. */
  readonly bounds?: readonly Bound[];
}

export interface Bound {
  /** Key of a search column. */
  readonly column: string;
  readonly min: number | null;
  readonly max: number | null;
}

export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * The jobs `j` that fit, with their charges `c`. The queue comes first, so that a window of ends is read through
 * ix_jobs_queue_end.
 */
export function fittingJobs(filter: JobFilter, more: readonly Condition[] = []): Condition {
  const { sql, values } = whereOf([...queueCondition(filter), ...jobConditions(filter), ...more]);
  return {
    sql: `FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id
      CROSS JOIN job_charges c ON c.job_id = j.id ${sql}`,
    values,
  };
}

/** The conditions on a job `j` with its charge `c`, apart from its queue. */
export function jobConditions(filter: JobFilter): Condition[] {
  const { endFrom, endBefore, run, bounds = [] } = filter;
  return [
    ...(['user', 'account', 'qos'] as const).flatMap((named) => idCondition(named, filter)),
    ...globs('j.name', filter.names),
    ...NAMES.status.conditions(filter),
    ...anyOf(filter.jobIds, jobIdCondition),
    ...(endFrom === undefined ? [] : [{ sql: 'j."end" >= ?', values: [endFrom] }]),
    ...(endBefore === undefined ? [] : [{ sql: 'j."end" < ?', values: [endBefore] }]),
    ...(run === undefined ? [] : [{ sql: 'j.run_id = ?', values: [run] }]),
    ...bounds.flatMap(boundConditions),
  ];
}

/** The conditions on a queue `q`, by which jobs are read. */
export function queueCondition(filter: JobFilter): Condition[] {
  return NAMES.queue.conditions(filter);
}

/** The conditions on the id that a job `j` has: a set of ids first, so that an index over the id can be used. */
export function idCondition(named: Named, filter: JobFilter): Condition[] {
  const { table, conditions } = NAMES[named];
  return conditions(filter).map(({ sql, values }) => ({
    sql: `j.${named}_id IN (SELECT id FROM ${table} WHERE ${sql})`,
    values,
  }));
}

/** The ids of the names of a kind that a filter lets through. */
export function idsNamed(db: Database.Database, named: Named, filter: JobFilter): number[] {
  const { table, conditions } = NAMES[named];
  const { sql, values } = whereOf(conditions(filter));
  return db
    .prepare<(string | number)[], number>(`SELECT id FROM ${table} ${sql}`)
    .pluck()
    .all(...values);
}

/** Whether a filter says anything of the names of a kind. */
export function says(named: Named, filter: JobFilter): boolean {
  return NAMES[named].conditions(filter).length > 0;
}

export function whereOf(conditions: readonly Condition[]): {
  sql: string;
  values: (string | number)[];
} {
  if (conditions.length === 0) return { sql: '', values: [] };
  return {
    sql: `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

/** Where names are, and the conditions on them. */
const NAMES: Readonly<
  Record<Named, { readonly table: string; conditions(filter: JobFilter): Condition[] }>
> = {
  user: { table: 'users', conditions: ({ users }) => globs('username', users) },
  account: { table: 'accounts', conditions: ({ accounts }) => globs('account_name', accounts) },
  queue: { table: 'queues', conditions: ({ queues }) => globs('queue_name', queues) },
  qos: { table: 'job_qos', conditions: ({ qos }) => globs('name', qos) },
  status: {
    table: 'exit_statuses',
    conditions: ({ statuses }) => anyOf(statuses, statusCondition),
  },
};

function globs(column: string, choices: readonly string[] | undefined): Condition[] {
  return anyOf(choices, (glob) => ({ sql: `${column} GLOB ?`, values: [glob] }));
}

function statusCondition(status: string): Condition {
  if (status === 'ok') return { sql: "status = '0'", values: [] };
  if (status === 'failed') return { sql: "status <> '0'", values: [] };
  return { sql: 'status = ?', values: [status] };
}

function jobIdCondition(id: string): Condition {
  // An index finds ranges: the slash follows the dot in ASCII, the backslash the opening bracket.
  if (id.endsWith('[]')) {
    const array = id.slice(0, -1);
    return { sql: '(j.job_id >= ? AND j.job_id < ?)', values: [array, `${id.slice(0, -2)}\\`] };
  }
  return {
    sql: "(j.job_id = ? OR (j.job_id >= ? || '.' AND j.job_id < ? || '/'))",
    values: [id, id, id],
  };
}

function boundConditions({ column, min, max }: Bound): Condition[] {
  const sql = searchColumn(column)?.sql;
  if (sql === undefined) throw new Error(`there is no column ${column}`);
  return [
    ...(min === null ? [] : [{ sql: `${sql} >= ?`, values: [min] }]),
    ...(max === null ? [] : [{ sql: `${sql} <= ?`, values: [max] }]),
  ];
}

function anyOf(
  choices: readonly string[] | undefined,
  condition: (choice: string) => Condition,
): Condition[] {
  if (choices === undefined || choices.length === 0) return [];
  const all = choices.map(condition);
  return [
    {
      sql: `(${all.map(({ sql }) => sql).join(' OR ')})`,
      values: all.flatMap(({ values }) => values),
    },
  ];
}
