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

/** The conditions on a job `j` with its charge `c`, apart from its queue. */
export function jobConditions(filter: JobFilter): Condition[] {
  const { endFrom, endBefore, run, bounds = [] } = filter;
  return [
    ...named('j.user_id', 'users', 'username', filter.users),
    ...named('j.account_id', 'accounts', 'account_name', filter.accounts),
    ...named('j.qos_id', 'job_qos', 'name', filter.qos),
    ...anyOf(filter.names, (glob) => ({ sql: 'j.name GLOB ?', values: [glob] })),
    ...anyOf(filter.statuses, statusCondition),
    ...anyOf(filter.jobIds, idCondition),
    ...(endFrom === undefined ? [] : [{ sql: 'j."end" >= ?', values: [endFrom] }]),
    ...(endBefore === undefined ? [] : [{ sql: 'j."end" < ?', values: [endBefore] }]),
    ...(run === undefined ? [] : [{ sql: 'j.run_id = ?', values: [run] }]),
    ...bounds.flatMap(boundConditions),
  ];
}

/** The same for the queue, by which jobs are read. */
export function queueCondition({ queues }: JobFilter): Condition[] {
  return anyOf(queues, (glob) => ({ sql: 'q.queue_name GLOB ?', values: [glob] }));
}

/** A set of ids first, so that an index over the id can be used. */
function named(
  column: string,
  table: string,
  name: string,
  globs: readonly string[] | undefined,
): Condition[] {
  return anyOf(globs, (glob) => ({
    sql: `${column} IN (SELECT id FROM ${table} WHERE ${name} GLOB ?)`,
    values: [glob],
  }));
}

function statusCondition(status: string): Condition {
  if (status === 'ok') return { sql: "j.status = '0'", values: [] };
  if (status === 'failed') return { sql: "j.status <> '0'", values: [] };
  return { sql: 'j.status = ?', values: [status] };
}

function idCondition(id: string): Condition {
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
