import Database from 'better-sqlite3';
import { createSchema } from './open-ledger.ts';

/** A ledger in memory, of no machine and without jobs, for what has to be known before there is any other. */
export function emptyLedger(): Database.Database {
  const db = new Database(':memory:');
  createSchema(db);
  return db;
}
