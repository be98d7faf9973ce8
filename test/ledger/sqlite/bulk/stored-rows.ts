import Database from 'better-sqlite3';

/** All rows of each table, and all entries of each index in its own order, by name. */
export type StoredRows = Readonly<Record<string, readonly (readonly unknown[])[]>>;

/** Of two ledgers that were made a second apart these differ. */
const CLOCK_COLUMNS = ['started_at', 'finished_at', 'created_at'];

export function storedRows(path: string): StoredRows {
  const db = new Database(path, { fileMustExist: true });
  try {
    const stored: Record<string, unknown[][]> = {};
    for (const { name, sql } of [...tableQueries(db), ...indexQueries(db)]) {
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

interface Query {
  readonly name: string;
  readonly sql: string;
}

function tableQueries(db: Database.Database): Query[] {
  return tableNames(db).map((table) => {
    const columns = db
      .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(table)
      .filter((column) => !CLOCK_COLUMNS.includes(column));
    return { name: table, sql: `SELECT ${quoted(columns)} FROM ${table} NOT INDEXED` };
  });
}

/** Each index asked for all that it holds, with its own entries and none of the table's. */
export function indexQueries(db: Database.Database): Query[] {
  const indexes = db
    .prepare<[], { table: string; name: string; sql: string | null }>(
      `SELECT s.name AS "table", l.name, i.sql
       FROM sqlite_schema s, pragma_index_list(s.name) l, sqlite_schema i
       WHERE s.type = 'table' AND i.name = l.name AND l.origin <> 'pk' ORDER BY l.name`,
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

/** Statistics are SQLite's own. */
function tableNames(db: Database.Database): string[] {
  return db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema
       WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name`,
    )
    .pluck()
    .all();
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
