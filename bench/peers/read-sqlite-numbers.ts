import Database from 'better-sqlite3';

/** Runs a query with one row of numbers as its result on an SQLite file. */
export async function readSqliteNumbers(
  databaseFile: string,
  sql: string,
): Promise<Record<string, number>> {
  const database = new Database(databaseFile, { readonly: true });
  try {
    return database.prepare<[], Record<string, number>>(sql).get() ?? {};
  } finally {
    database.close();
  }
}
