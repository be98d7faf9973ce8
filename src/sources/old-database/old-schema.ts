import type Database from 'better-sqlite3';
import { SourceError } from '../source-error.ts';
import {
  FOLLOWING_COLUMNS,
  isOldColumn,
  OLD_COLUMN_NAMES,
  type OldColumnName,
  REQUIRED_COLUMNS,
} from './old-columns.ts';

/**
 * Which of the schemas before the ledger a database has. In the denormalised one a job carries the names of
 * its user, account and queue, and a view works out its hours; in the normalised one these are ids of lookup
 * tables, and a table keeps the hours.
 */
export type OldGeneration = 'denormalised' | 'normalised';

/** What is known of an old database: plain data that crosses threads. */
export interface OldSchema {
  readonly generation: OldGeneration;
  /** What is read of each job, in the order of `select`. */
  readonly columns: readonly OldColumnName[];
  /** The expression of each of them over `jobs j` and the tables of `joins`. */
  readonly expressions: Readonly<Partial<Record<OldColumnName, string>>>;
  readonly joins: string;
  readonly hours: OldHours | null;
  /** Columns of jobs that the ledger keeps nothing of. */
  readonly unknownColumns: readonly string[];
  readonly tables: readonly string[];
}

/** Where the hours of a job are found, if anywhere. */
export interface OldHours {
  readonly relation: 'v_jobs_charged' | 'job_charges';
  /** Its column that is the job's row id. */
  readonly key: 'id' | 'job_id';
  readonly columns: readonly OldHoursColumn[];
}

const OLD_HOURS_COLUMNS = ['cpu_hours', 'gpu_hours', 'memory_hours'] as const;
export type OldHoursColumn = (typeof OLD_HOURS_COLUMNS)[number];

const LOOKUPS = {
  user: { table: 'users', name: 'username', id: 'user_id' },
  account: { table: 'accounts', name: 'account_name', id: 'account_id' },
  queue: { table: 'queues', name: 'queue_name', id: 'queue_id' },
} as const;

/**
 * Tells by its tables and columns what an old database is.
 * @throws SourceError where it is none.
 */
export function oldSchema(db: Database.Database): OldSchema {
  const tables = namesOf(db, 'table');
  if (tables.includes('charge_rule_sets')) {
    throw new SourceError(
      `${db.name}: a ledger of qledger already, not a database of the time before. Nothing was written.`,
    );
  }
  const ofJobs = columnsOf(db, 'jobs');
  const missing = REQUIRED_COLUMNS.filter((name) => !ofJobs.includes(name));
  if (missing.length > 0) throw noOldDatabase(db, tables, missing);
  const { lookups, joins, expressions } = names(db, ofJobs);
  for (const name of ['user', 'queue'] as const) {
    if (expressions[name] === undefined) throw noOldDatabase(db, tables, [name]);
  }
  for (const name of OLD_COLUMN_NAMES) {
    if (ofJobs.includes(name)) expressions[name] ??= `j."${name}"`;
  }
  // Both names of one column: the later one is the one that is filled.
  if (expressions.run_count !== undefined) delete expressions.count;
  return {
    generation: lookups.length > 0 ? 'normalised' : 'denormalised',
    columns: OLD_COLUMN_NAMES.filter((name) => expressions[name] !== undefined),
    expressions,
    joins,
    hours: hoursOf(db),
    unknownColumns: ofJobs.filter((name) => !isOldColumn(name) && !isFollowing(name)),
    tables,
  };
}

/** Reads the jobs of a range of row ids: the row id, then the columns of the schema. */
export function selectJobs({ columns, expressions, joins }: OldSchema): string {
  const list = columns.map((name) => expressions[name]).join(', ');
  return `SELECT j.rowid, ${list} FROM jobs j${joins}
    WHERE j.rowid BETWEEN ? AND ? ORDER BY j.rowid`;
}

interface Names {
  readonly lookups: readonly string[];
  readonly joins: string;
  readonly expressions: Partial<Record<OldColumnName, string>>;
}

/** Where user, account and queue are found. A text beside an id stands in for one that was never filled. */
function names(db: Database.Database, ofJobs: readonly string[]): Names {
  const lookups: string[] = [];
  const expressions: Partial<Record<OldColumnName, string>> = {};
  let joins = '';
  for (const column of ['user', 'account', 'queue'] as const) {
    const { table, name, id } = LOOKUPS[column];
    const isLookedUp = ofJobs.includes(id) && columnsOf(db, table).includes(name);
    const hasText = ofJobs.includes(column);
    if (!isLookedUp) {
      if (hasText) expressions[column] = `j."${column}"`;
      continue;
    }
    lookups.push(table);
    joins += ` LEFT JOIN ${table} ON ${table}.id = j.${id}`;
    expressions[column] = hasText
      ? `coalesce(${table}.${name}, j."${column}")`
      : `${table}.${name}`;
  }
  const hasQos = ofJobs.includes('qos_id') && columnsOf(db, 'job_qos').includes('name');
  if (hasQos && !ofJobs.includes('priority')) {
    joins += ' LEFT JOIN job_qos ON job_qos.id = j.qos_id';
    expressions.priority = 'job_qos.name';
  }
  return { lookups, joins, expressions };
}

function hoursOf(db: Database.Database): OldHours | null {
  if (!isIdRowId(db)) return null;
  for (const [relation, key] of [
    ['job_charges', 'job_id'],
    ['v_jobs_charged', 'id'],
  ] as const) {
    const present = readableColumns(db, relation);
    const columns = OLD_HOURS_COLUMNS.filter((name) => present.includes(name));
    if (columns.length > 0 && present.includes(key)) return { relation, key, columns };
  }
  return null;
}

/** Whether the id of a job, by which its hours are found, is the row id, by which the ledger knows it. */
function isIdRowId(db: Database.Database): boolean {
  const id = db
    .prepare<[], { type: string; pk: number }>(
      "SELECT type, pk FROM pragma_table_info('jobs') WHERE name = 'id'",
    )
    .get();
  return id?.pk === 1 && id.type.toUpperCase() === 'INTEGER';
}

/** A view over tables or columns that are gone has none that can be read. */
function readableColumns(db: Database.Database, relation: string): string[] {
  try {
    return columnsOf(db, relation);
  } catch {
    return [];
  }
}

function isFollowing(name: string): boolean {
  return FOLLOWING_COLUMNS.includes(name);
}

function namesOf(db: Database.Database, type: 'table' | 'view'): string[] {
  return db
    .prepare<[string], string>(
      "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .pluck()
    .all(type);
}

function columnsOf(db: Database.Database, table: string): string[] {
  return db.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

function noOldDatabase(
  db: Database.Database,
  tables: readonly string[],
  missing: readonly string[],
): SourceError {
  const found = tables.length === 0 ? 'no table at all' : `the tables ${tables.join(', ')}`;
  return new SourceError(
    `${db.name}: no job database that can be brought in: there is ${found}, and what is wanted is a table ` +
      `jobs with the columns job_id, submit, end, user (or user_id and a table users) and queue (or queue_id ` +
      `and a table queues); missing: ${missing.join(', ')}. Nothing was written.`,
  );
}
