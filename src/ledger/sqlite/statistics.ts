import type Database from 'better-sqlite3';

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
