import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Folds the log of a ledger in, so that it is one file that can be moved; to be called by its one writer.
 *
 * A log belongs to a name: what is left of the old one's would be taken for that of a ledger that gets the name
 * next, and readers of both would see a mixture. While a reader has the ledger open with its log, the log can't
 * go: the reader needs it.
 * @returns whether the ledger is one file now.
 */
export function foldLog(ledgerPath: string): boolean {
  const db = new Database(ledgerPath, { fileMustExist: true, timeout: 0 });
  try {
    db.pragma('journal_mode = DELETE');
  } catch (cause) {
    const isBusy = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    if (!isBusy) throw cause;
    return false;
  } finally {
    db.close();
  }
  return ['-wal', '-journal'].every((ending) => !existsSync(`${ledgerPath}${ending}`));
}
