import type Database from 'better-sqlite3';
import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { MENDS } from './mends.ts';
import { askNewLedger, schemaObjects } from './schema-objects.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

interface Violation {
  readonly table: string;
  readonly rowid: number | null;
  readonly parent: string;
}

/** Charges without a job are told by another check. */
const LEFT_OUT = 'job_charges';

export const referencesCheck: VerifyCheck = {
  name: 'references',
  sound: 'users, accounts, queues, runs, files and rules that rows point to are there',
  *run(db) {
    const present = schemaObjects(db);
    const tables = [...askNewLedger(schemaObjects).values()].filter(
      ({ type, name }) => type === 'table' && name !== LEFT_OUT && present.has(name),
    );
    for (const { name } of tables) yield* danglingRows(db, name);
  },
};

function* danglingRows(db: Database.Database, table: string): Generator<Problem> {
  const found = new Map<string, { count: number; rowid: number | null }>();
  const violations = db.prepare<[], Violation>(`PRAGMA foreign_key_check(${table})`).iterate();
  for (const { parent, rowid } of violations) {
    const known = found.get(parent);
    if (known === undefined) found.set(parent, { count: 1, rowid });
    else known.count++;
  }
  for (const [parent, { count, rowid }] of found) {
    const example =
      rowid === null
        ? ''
        : `, such as ${table === 'jobs' ? jobTextOfRow(db, rowid) : `row ${rowid}`}`;
    yield {
      text: `${counted(count, 'row', 'rows')} of ${table} ${count === 1 ? 'points' : 'point'} to ${parent} that are not there${example}`,
      mend: table === 'daily_summary' ? MENDS.summary : MENDS.rebuild,
    };
  }
}
