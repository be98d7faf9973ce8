import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { markAllSegments } from '../../src/ledger/sqlite/facts/stale-segments.ts';
import { closeLedger, openForWriting } from '../../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../../src/ledger/sqlite/refresh-stale.ts';
import { ledgerClock } from '../../src/reports/ledger-clock.ts';
import { BenchError } from '../bench-error.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CLI = join(ROOT, 'src', 'cli', 'qledger.js');
const GENERATOR = join(ROOT, 'sample-data', 'generate.ts');
const YEARS_DAYS = 3 * 365;
/** What `qledger ingest` ends with when there is something to say of the data. */
const WITH_REMARKS = 10;

/**
 * Finds or makes a ledger of so many jobs of derecho over three years. It keeps its name for the next time.
 * @throws BenchError where a step fails.
 */
export function reportLedger(jobs: number, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const ledger = join(folder, `reports-${jobs}.db`);
  if (existsSync(ledger)) return ledger;
  const history = join(folder, `reports-${jobs}.csv`);
  const partial = join(folder, `reports-${jobs}.partial.db`);
  rmSync(partial, { force: true });
  console.error(`making ${ledger}`);
  const isNew = !existsSync(history);
  if (isNew) {
    const perDay = String(Math.ceil(jobs / YEARS_DAYS));
    run([GENERATOR, '--jobs', String(jobs), '--jobs-per-day', perDay, '--out', history]);
  }
  run([CLI, 'ingest', history, '--db', partial, '--quiet']);
  if (isNew) rmSync(history);
  const db = openForWriting(partial);
  addWaits(db);
  closeLedger(db);
  renameSync(partial, ledger);
  return ledger;
}

/**
 * Gives nine of ten jobs a wait, longer for more nodes: an export does not tell of any. They hang on the id of the
 * job alone, so the same history always waits the same.
 */
export function addWaits(db: Database.Database): void {
  db.exec(`
    UPDATE jobs SET eligible_secs = CAST(-ln(share) * 900 * (1 + ln(coalesce(numnodes, 0) + 1)) AS INTEGER)
    FROM (SELECT id AS of, (id * 40503 % 65521 + 1) / 65522.0 AS share FROM jobs)
    WHERE id = of AND id % 10 <> 3`);
  markAllSegments(db);
  refreshStale(db, ledgerClock(db));
}

function run([script, ...words]: readonly string[]): void {
  const args = [script, ...words, '--machine', 'derecho'];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0 && status !== WITH_REMARKS) {
    throw new BenchError(`${script} ended with status ${status}`);
  }
}
