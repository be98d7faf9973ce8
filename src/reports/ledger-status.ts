import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { schemaVersion } from '../ledger/sqlite/open-ledger.ts';
import { type LedgerTotals, ledgerTotals } from './ledger-totals.ts';
import { summaryNotes } from './summary-notes.ts';

export interface RunLine {
  readonly id: number;
  readonly command: string;
  readonly status: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number | null;
  readonly chargeVersion: number;
}

export interface LedgerStatus {
  readonly ledger: string;
  readonly machine: string | null;
  readonly timeZone: string | null;
  readonly schemaVersion: number;
  /** The newest charge rule set that the ledger knows. */
  readonly chargeVersion: number | null;
  readonly totals: LedgerTotals;
  /** Newest first. */
  readonly lastRuns: readonly RunLine[];
  readonly notes: readonly string[];
}

const LAST_RUNS = 5;

/** What is in a ledger, by which rules, and what was last done to it. */
export function ledgerStatus(db: Database.Database): LedgerStatus {
  const owner = ledgerMachine(db);
  const chargeVersion = db
    .prepare<[], number | null>('SELECT max(version) FROM charge_rule_sets')
    .pluck()
    .get();
  const lastRuns = db
    .prepare<[number], RunLine>(
      `SELECT id, command, status, strftime('%FT%TZ', started_at, 'unixepoch') AS startedAt,
         finished_at - started_at AS seconds, charge_version AS chargeVersion
       FROM runs ORDER BY id DESC LIMIT ?`,
    )
    .all(LAST_RUNS);
  return {
    ledger: db.name,
    machine: owner?.machine ?? null,
    timeZone: owner?.timeZone ?? null,
    schemaVersion: schemaVersion(db),
    chargeVersion: chargeVersion ?? null,
    totals: ledgerTotals(db),
    lastRuns,
    notes: summaryNotes(db),
  };
}
