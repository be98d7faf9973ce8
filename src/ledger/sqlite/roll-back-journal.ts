import { closeSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';

/** Where the header of an SQLite file has the application id, in big-endian order. */
const APPLICATION_ID_AT = 68;

/**
 * Undoes what a writer has left half done that was killed in a transaction without log, as each begins and ends
 * with one: to go over to the log and back. Until that is done SQLite lets nobody read the file, and one that
 * opens it to read can't do it. A file that is marked as another program's is left to that.
 * @throws SqliteError or the system's error where this user may not write to it.
 */
export function rollBackJournal(path: string, applicationId: number, timeoutMs: number): void {
  if (applicationIdOf(path) !== applicationId) return;
  const db = new Database(path, { fileMustExist: true, timeout: timeoutMs });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
  } finally {
    db.close();
  }
}

function applicationIdOf(path: string): number {
  const bytes = Buffer.alloc(4);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, bytes, 0, bytes.length, APPLICATION_ID_AT);
  } finally {
    closeSync(fd);
  }
  return bytes.readUInt32BE();
}
