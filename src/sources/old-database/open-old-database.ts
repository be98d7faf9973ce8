import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SourceError } from '../source-error.ts';
import { sourceFailure } from '../source-failure.ts';

const CACHE_KIB = 16_000;
/** How long to wait for a writer that is at work in it. */
const BUSY_TIMEOUT_MS = 10_000;

/**
 * Opens a database of the time before for reading alone: nothing of it can be changed.
 * @throws SourceError where it can't be read.
 */
export function openOldDatabase(path: string): Database.Database {
  if (!isFile(path)) {
    throw new SourceError(`${path}: no such file. Name the database that is to be brought in.`);
  }
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma('temp_store = MEMORY');
    // The first look into the file.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (cause) {
    db?.close();
    throw refusal(path, cause);
  }
}

/**
 * Whether a database can't be read where it is: one with a log, or with the journal of a writer that was killed,
 * wants to write files beside itself even for a reader, and may not.
 */
export function needsCopy(path: string): boolean {
  try {
    openOldDatabase(path).close();
    return false;
  } catch (problem) {
    const { cause } = problem instanceof SourceError ? problem : {};
    if (!(cause instanceof Database.SqliteError)) return false;
    return cause.code.startsWith('SQLITE_CANTOPEN') || cause.code.startsWith('SQLITE_READONLY');
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch (cause) {
    throw sourceFailure(path, cause);
  }
}

function refusal(path: string, cause: unknown): unknown {
  if (!(cause instanceof Database.SqliteError)) return cause;
  const why = cause.code === 'SQLITE_NOTADB' ? 'not a database' : `can't be read: ${cause.message}`;
  return new SourceError(`${path}: ${why}. Nothing was written.`, { cause });
}
