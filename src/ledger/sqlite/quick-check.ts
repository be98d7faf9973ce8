import Database from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/**
 * Checks a whole file as SQLite understands it, from a connection of its own: pages, cells, order of rows,
 * types of values, and whether each index has as many entries as its table has rows. It does not compare
 * entries with rows.
 * @returns what is wrong.
 */
export function quickCheck(path: string): string[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const findings = db.prepare<[], string>('PRAGMA quick_check').pluck().all();
    return findings.filter((finding) => finding !== 'ok');
  } catch (cause) {
    // Some damage is more than the check itself can read over.
    if (cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_CORRUPT')) {
      return [cause.message];
    }
    throw cause;
  } finally {
    db.close();
  }
}

/** @throws LedgerError with what is wrong. */
export function demandSound(path: string, findings: readonly string[]): void {
  if (findings.length === 0) return;
  throw new LedgerError(
    'unusable',
    `${path}: the ledger that was built is not sound, so it was not put into service: ` +
      `${findings.slice(0, 3).join('; ')}`,
  );
}
