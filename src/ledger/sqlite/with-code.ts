import Database from 'better-sqlite3';

/** An error of SQLite as it is to cross threads: of its properties only the message does, so the code goes there. */
export function withCode(failure: unknown): unknown {
  if (!(failure instanceof Database.SqliteError)) return failure;
  return new Error(`${failure.code}: ${failure.message}`, { cause: failure });
}
