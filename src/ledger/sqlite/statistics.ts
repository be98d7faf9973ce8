import type Database from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/** Rows of an index that are sampled; enough for the planner, and independent of the ledger's size. */
const SAMPLED_ROWS = 1000;

/** Tells the query planner what the tables hold, where it knows nothing yet; closing refreshes what has aged. */
export function analyseOnce(db: Database.Database): void {
  const known = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`).get();
  if (known === undefined) analyse(db);
}

/** Tells the query planner what the tables hold now. */
export function analyse(db: Database.Database): void {
  db.pragma(`analysis_limit = ${SAMPLED_ROWS}`);
  db.exec('ANALYZE');
}

/**
 * Checks the whole file as SQLite understands it: pages, cells, order of rows, types of values. It does not
 * compare indexes with their tables.
 * @throws LedgerError with what is wrong.
 */
export function quickCheck(db: Database.Database): void {
  const findings = db.prepare<[], string>('PRAGMA quick_check').pluck().all();
  if (findings.length === 1 && findings[0] === 'ok') return;
  throw new LedgerError(
    'unusable',
    `${db.name}: the ledger that was built is not sound, so it was not put into service: ` +
      `${findings.slice(0, 3).join('; ')}`,
  );
}
