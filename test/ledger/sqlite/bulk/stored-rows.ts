import Database from 'better-sqlite3';
import { createSchema } from '../../../../src/ledger/sqlite/open-ledger.ts';

/** All rows of each table, and all entries of each index in its own order, by name. */
export type StoredRows = Readonly<Record<string, readonly (readonly unknown[])[]>>;

/** A question for all that a table or an index holds, each answered by itself alone. */
export interface StoredRowsQuery {
  readonly name: string;
  readonly sql: string;
}

/** Of two ledgers that were made a second apart these differ. */
const CLOCK_COLUMNS = ['started_at', 'finished_at', 'created_at'];

/** The questions for all tables and indexes of a ledger. */
export function ledgerQueries(): StoredRowsQuery[] {
  const db = new Database(':memory:');
  createSchema(db);
  const queries = [...tableQueries(db), ...indexQueries(db)];
  db.close();
  return queries;
}

export function storedRows(path: string, queries: readonly StoredRowsQuery[]): StoredRows {
  const db = new Database(path, { fileMustExist: true });
  try {
    const stored: Record<string, unknown[][]> = {};
    for (const { name, sql } of queries) {
      stored[name] = db.prepare<[], unknown[]>(sql).raw().all();
    }
    return stored;
  } finally {
    db.close();
  }
}

/** What SQLite itself finds wrong with a file, its indexes and its foreign keys. */
export function storedFaults(path: string): unknown[] {
  const db = new Database(path, { fileMustExist: true });
  try {
    const findings = db.prepare<[], string>('PRAGMA integrity_check').pluck().all();
    const orphans = db.prepare('PRAGMA foreign_key_check').all();
    return [...findings.filter((finding) => finding !== 'ok'), ...orphans];
  } finally {
    db.close();
  }
}

function tableQueries(db: Database.Database): StoredRowsQuery[] {
  const tables = db
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  return tables.map((table) => {
    const columns = db
      .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(table)
      .filter((column) => !CLOCK_COLUMNS.includes(column));
    return { name: table, sql: `SELECT ${quoted(columns)} FROM ${table} NOT INDEXED` };
  });
}

function indexQueries(db: Database.Database): StoredRowsQuery[] {
  const indexes = db
    .prepare<[], { table: string; name: string; sql: string | null }>(
      `SELECT t.name AS "table", l.name, i.sql
       FROM sqlite_schema t, pragma_index_list(t.name) l, sqlite_schema i
       WHERE t.type = 'table' AND i.name = l.name AND l.origin <> 'pk' ORDER BY l.name`,
    )
    .all();
  return indexes.map(({ table, name, sql }) => {
    const entry = db
      .prepare<[string], string>("SELECT coalesce(name, 'rowid') FROM pragma_index_xinfo(?)")
      .pluck()
      .all(name);
    const condition = sql?.split(' WHERE ')[1] ?? 'TRUE';
    return {
      name,
      sql:
        `SELECT ${quoted(entry)} FROM ${table} INDEXED BY ${name} ` +
        `WHERE ${condition} ORDER BY ${quoted(entry)}`,
    };
  });
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
