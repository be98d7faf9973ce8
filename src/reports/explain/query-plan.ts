import type Database from 'better-sqlite3';

/** The steps of a query as SQLite plans it, a line each. */
export function queryPlan(db: Database.Database, sql: string): string[] {
  return db
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map(({ detail }) => detail);
}
