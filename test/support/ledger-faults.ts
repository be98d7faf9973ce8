import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { factsCheck } from '../../src/upkeep/verify/facts-check.ts';
import { freshSummary } from './fresh-summary.ts';
import { ledgerSummary } from './ledger-content.ts';
import { queryColumn, type Row } from './query-ledger.ts';

const NAMES = [
  ['users', 'username', 'user_id'],
  ['accounts', 'account_name', 'account_id'],
  ['queues', 'queue_name', 'queue_id'],
];

/** Of the larger of two sums and of an hour; sums of the same numbers in another order differ in their last bits. */
const SUM_TOLERANCE = 1e-12;

/** What is wrong with a ledger that a complete run has left; empty when all is as it must be. */
export function ledgerFaults(path: string): string[] {
  return [
    ...found(
      path,
      'job without a charge',
      'SELECT job_id FROM jobs j WHERE NOT EXISTS (SELECT 1 FROM job_charges WHERE job_id = j.id)',
    ),
    ...found(
      path,
      'charge without a job',
      'SELECT job_id FROM job_charges WHERE job_id NOT IN (SELECT id FROM jobs)',
    ),
    ...NAMES.flatMap(([table, name, id]) =>
      found(
        path,
        `${table} without a job`,
        `SELECT ${name} FROM ${table} WHERE id NOT IN (SELECT ${id} FROM jobs)`,
      ),
    ),
    ...found(path, 'stale day', 'SELECT date FROM stale_days'),
    ...found(path, 'stale segment', 'SELECT id FROM stale_segments'),
    ...factFaults(path),
    ...found(path, 'foreign key', 'PRAGMA foreign_key_check'),
    ...found(path, 'integrity', 'PRAGMA integrity_check').filter(
      (fault) => fault !== 'integrity: ok',
    ),
    ...summaryFaults(path),
  ];
}

function factFaults(path: string): string[] {
  const db = openForReading(path);
  try {
    return [...factsCheck.run(db, { charges: 0, quick: false })].map(
      ({ text }) => `facts: ${text}`,
    );
  } finally {
    closeLedger(db);
  }
}

function found(path: string, fault: string, sql: string): string[] {
  return queryColumn(path, sql).map((value) => `${fault}: ${value}`);
}

function summaryFaults(path: string): string[] {
  const zone = String(queryColumn(path, 'SELECT time_zone FROM ledger')[0]);
  const stored = byKey(ledgerSummary(path));
  const fresh = byKey(freshSummary(path, zone));
  return [...new Set([...stored.keys(), ...fresh.keys()])]
    .filter((key) => !alike(stored.get(key), fresh.get(key)))
    .map((key) => {
      const [has, needs] = [stored.get(key), fresh.get(key)].map((row) => JSON.stringify(row));
      return `summary: ${has} instead of ${needs}`;
    });
}

function byKey(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [[row.date, row.user, row.account, row.queue].join('\n'), row]));
}

function alike(stored: Row | undefined, fresh: Row | undefined): boolean {
  if (stored === undefined || fresh === undefined) return false;
  return Object.entries(fresh).every(([column, value]) =>
    typeof value === 'number'
      ? Math.abs(value - Number(stored[column])) <= SUM_TOLERANCE * Math.max(value, 1000)
      : value === stored[column],
  );
}
