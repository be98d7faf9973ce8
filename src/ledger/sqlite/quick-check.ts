import Database from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/** What may be checked beside each other: `jobs` with its indexes takes as long as all others together. */
export const CHECKED_PARTS = ['jobs', 'rest'] as const;
export type CheckedPart = 'whole' | (typeof CHECKED_PARTS)[number];

/** In pages. A larger one finds no more pages again, and is itself no longer in the processor's cache. */
const CACHE_PAGES = 100;

/** SQLite never uses the page that holds this byte. File format, section 1.4. */
const LOCK_BYTE = 2 ** 30;

/**
 * Checks a file, or a part of it, as SQLite understands it, from a connection of its own: pages, cells, order of
 * rows, types of values, and whether each index has as many entries as its table has rows. It does not compare
 * entries with rows. Both parts together find whatever a check of the whole does.
 * @returns what is wrong.
 */
export function quickCheck(path: string, part: CheckedPart): string[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    db.pragma(`cache_size = ${CACHE_PAGES}`);
    if (part === 'whole') return faultsOf(db);
    return part === 'jobs' ? faultsOf(db, 'jobs') : faultsOfRest(db);
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

/**
 * SQLite checks a table without knowing of the others, and does not see then which pages nothing uses or two
 * tables do. Where it can't be said that there are none, as where some are free, the whole is checked.
 */
function faultsOfRest(db: Database.Database): string[] {
  if (!isEachPageUsedOnce(db)) return faultsOf(db);
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'jobs'`)
    .pluck()
    .all();
  return ['sqlite_schema', ...tables].flatMap((table) => faultsOf(db, table));
}

/** By a walk through all tables and indexes, which in a damaged file could lead in a circle. */
function isEachPageUsedOnce(db: Database.Database): boolean {
  const pageCount = Number(db.pragma('page_count', { simple: true }));
  const [{ uses, pages }] = db
    .prepare<[number], { uses: number; pages: number }>(
      `SELECT count(*) AS uses, count(DISTINCT pageno) AS pages
       FROM (SELECT pageno FROM dbstat LIMIT ?)`,
    )
    .all(pageCount + 1);
  const lockPage = LOCK_BYTE / Number(db.pragma('page_size', { simple: true })) + 1;
  return uses === pages && pages === (pageCount < lockPage ? pageCount : pageCount - 1);
}

function faultsOf(db: Database.Database, table?: string): string[] {
  const check = table === undefined ? 'PRAGMA quick_check' : `PRAGMA quick_check(${table})`;
  const findings = db.prepare<[], string>(check).pluck().all();
  return findings.filter((finding) => finding !== 'ok');
}
