import type Database from 'better-sqlite3';
import { NO_ACCOUNT } from '../../job/no-account.ts';
import type { OldSchema } from '../../sources/old-database/old-schema.ts';

/** Rows of a table, or distinct names of jobs; null where there is nothing of the kind. */
export interface CountBeforeAndAfter {
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

const NAMES = [
  { name: 'user', table: 'users' },
  { name: 'account', table: 'accounts' },
  { name: 'queue', table: 'queues' },
] as const;

/** Tables of the ledger that have forebears. */
const LEDGER_TABLES = [
  'jobs',
  'job_charges',
  'daily_summary',
  'users',
  'accounts',
  'queues',
  'job_qos',
];

/** Counts all tables of the old database beside those of the ledger. */
export function tableCounts(
  old: Database.Database,
  schema: OldSchema,
  ledger: Database.Database,
): CountBeforeAndAfter[] {
  const names = distinctNames(old, schema);
  const tables = [...new Set([...LEDGER_TABLES, ...schema.tables])];
  return [
    ...tables.map((what) => ({
      what,
      before: schema.tables.includes(what) ? rowsOf(old, what) : null,
      after: LEDGER_TABLES.includes(what) ? rowsOf(ledger, what) : null,
    })),
    ...NAMES.map(({ name, table }) => ({
      what: `distinct ${table} of jobs`,
      before: names[name],
      after: rowsOf(ledger, table),
    })),
  ];
}

/** Users, accounts and queues that have jobs. */
export interface DistinctNames {
  readonly user: number;
  readonly account: number;
  readonly queue: number;
}

/** Counts names in one go through all jobs. A job without an account counts as one of the account `none`. */
export function distinctNames(
  old: Database.Database,
  { expressions, joins }: OldSchema,
): DistinctNames {
  const [user, account, queue] = (['user', 'account', 'queue'] as const).map(
    (name) => `nullif(${expressions[name] ?? 'NULL'}, '')`,
  );
  const counts = old
    .prepare<[], DistinctNames>(
      `SELECT count(DISTINCT ${user}) AS user, count(DISTINCT coalesce(${account}, '${NO_ACCOUNT}')) AS account,
         count(DISTINCT ${queue}) AS queue FROM jobs j${joins}`,
    )
    .get();
  return counts ?? { user: 0, account: 0, queue: 0 };
}

function rowsOf(db: Database.Database, table: string): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
      .pluck()
      .get() ?? 0
  );
}
