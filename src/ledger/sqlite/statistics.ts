import type Database from 'better-sqlite3';

/** Rows of an index that are sampled; enough for the planner, and independent of the ledger's size. */
const SAMPLED_ROWS = 1000;

/** Tells the query planner what the tables hold now. */
export function analyse(db: Database.Database): void {
  db.pragma(`analysis_limit = ${SAMPLED_ROWS}`);
  db.exec('ANALYZE');
}
