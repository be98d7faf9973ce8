import { freshSummary, rounded } from './fresh-summary.ts';
import { ledgerSummary } from './ledger-content.ts';
import { queryColumn, type queryLedger } from './query-ledger.ts';

const NAMES = [
  ['users', 'username', 'user_id'],
  ['accounts', 'account_name', 'account_id'],
  ['queues', 'queue_name', 'queue_id'],
];

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
    ...found(path, 'foreign key', 'PRAGMA foreign_key_check'),
    ...found(path, 'integrity', 'PRAGMA integrity_check').filter(
      (fault) => fault !== 'integrity: ok',
    ),
    ...summaryFaults(path),
  ];
}

function found(path: string, fault: string, sql: string): string[] {
  return queryColumn(path, sql).map((value) => `${fault}: ${value}`);
}

function summaryFaults(path: string): string[] {
  const zone = String(queryColumn(path, 'SELECT time_zone FROM ledger')[0]);
  const stored = linesOf(rounded(ledgerSummary(path)));
  const fresh = linesOf(rounded(freshSummary(path, zone)));
  return [
    ...stored.filter((line) => !fresh.includes(line)).map((line) => `summary has ${line}`),
    ...fresh.filter((line) => !stored.includes(line)).map((line) => `summary lacks ${line}`),
  ];
}

function linesOf(rows: ReturnType<typeof queryLedger>): string[] {
  return rows.map((row) => JSON.stringify(row, Object.keys(row).sort()));
}
