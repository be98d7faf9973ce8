import type Database from 'better-sqlite3';

const NAMES = {
  user: 'SELECT id, username FROM users',
  account: 'SELECT id, account_name FROM accounts',
  queue: 'SELECT id, queue_name FROM queues',
  qos: 'SELECT id, name FROM job_qos',
  status: 'SELECT id, status FROM exit_statuses',
} as const;

/** What has an id in the facts. */
export type Named = keyof typeof NAMES;

/** The names of all ids of a kind. */
export function namesOf(db: Database.Database, named: Named): ReadonlyMap<number, string> {
  return new Map(db.prepare<[], [number, string]>(NAMES[named]).raw().all());
}
