import type Database from 'better-sqlite3';
import { counted } from './counted.ts';
import { inSql, MENDS } from './mends.ts';
import { hasOpenRun } from './stale-days.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

const LOOKUPS = [
  {
    table: 'users',
    column: 'username',
    ofJob: 'FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id AND j.user_id = n.id',
    id: 'user_id',
  },
  {
    table: 'accounts',
    column: 'account_name',
    ofJob: 'FROM queues q CROSS JOIN jobs j ON j.queue_id = q.id AND j.account_id = n.id',
    id: 'account_id',
  },
  {
    table: 'queues',
    column: 'queue_name',
    ofJob: 'FROM jobs j WHERE j.queue_id = n.id',
    id: 'queue_id',
  },
] as const;
type Lookup = (typeof LOOKUPS)[number];

interface Found {
  readonly count: number;
  readonly name: string | null;
}

export const lookupsCheck: VerifyCheck = {
  name: 'lookups',
  sound: 'users, accounts and queues are each there once, and have jobs',
  *run(db) {
    for (const lookup of LOOKUPS) yield* doubles(db, lookup);
    // A job that takes newer values may leave a name behind, until its run ends.
    if (hasOpenRun(db)) return;
    for (const lookup of LOOKUPS) yield* orphans(db, lookup);
  },
};

function* doubles(db: Database.Database, { table, column }: Lookup): Generator<Problem> {
  const found = db
    .prepare<[], Found>(
      `SELECT count(*) AS count, min(name) AS name FROM (
         SELECT ${column} AS name FROM ${table} NOT INDEXED GROUP BY ${column} HAVING count(*) > 1)`,
    )
    .get();
  if (found === undefined || found.name === null) return;
  yield {
    text: `${counted(found.count, 'name is', 'names are')} in ${table} more than once, such as "${found.name}"`,
    mend: MENDS.rebuild,
  };
}

function* orphans(db: Database.Database, { table, column, ofJob, id }: Lookup): Generator<Problem> {
  const found = db
    .prepare<[], Found>(
      `SELECT count(*) AS count, min(n.${column}) AS name FROM ${table} n NOT INDEXED
       WHERE NOT EXISTS (SELECT 1 ${ofJob})`,
    )
    .get();
  if (found === undefined || found.name === null) return;
  yield {
    text: `${counted(found.count, 'row', 'rows')} of ${table} ${found.count === 1 ? 'has' : 'have'} no job, such as "${found.name}"`,
    mend: inSql(`DELETE FROM ${table} WHERE id NOT IN (SELECT ${id} FROM jobs)`),
  };
}
