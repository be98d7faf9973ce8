import type Database from 'better-sqlite3';
import type { OldSchema } from '../../sources/old-database/old-schema.ts';

/** Rows of a table, or distinct names of jobs; null where there is nothing of the kind. */
export interface CountBeforeAndAfter {
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

const NAMES = {
  user: { table: 'users', label: 'distinct users of jobs' },
  account: { table: 'accounts', label: 'distinct accounts of jobs' },
  queue: { table: 'queues', label: 'distinct queues of jobs' },
} as const;

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
  const tables = [...new Set([...LEDGER_TABLES, ...schema.tables])];
  return [
    ...tables.map((what) => ({
      what,
      before: schema.tables.includes(what) ? rowsOf(old, what) : null,
      after: LEDGER_TABLES.includes(what) ? rowsOf(ledger, what) : null,
    })),
    ...distinctNames(old, schema).map(({ name, count }) => ({
      what: NAMES[name].label,
      before: count,
      after: rowsOf(ledger, NAMES[name].table),
    })),
  ];
}

/** How many users, accounts and queues have jobs. A job without an account counts as one of the account `none`. */
export function distinctNames(
  old: Database.Database,
  { expressions, joins }: OldSchema,
): { readonly name: keyof typeof NAMES; readonly count: number }[] {
  return (['user', 'account', 'queue'] as const).map((name) => {
    const text = `nullif(${expressions[name] ?? 'NULL'}, '')`;
    const value = name === 'account' ? `coalesce(${text}, 'none')` : text;
    const count = old
      .prepare<[], number>(`SELECT count(DISTINCT ${value}) FROM jobs j${joins}`)
      .pluck()
      .get();
    return { name, count: count ?? 0 };
  });
}

function rowsOf(db: Database.Database, table: string): number {
  return (
    db
      .prepare<[], number>(`SELECT count(*) FROM "${table.replaceAll('"', '""')}"`)
      .pluck()
      .get() ?? 0
  );
}
