import type Database from 'better-sqlite3';
import { chargeVersionOf } from '../src/ledger/sqlite/charge-versions.ts';
import { claimLedger } from '../src/ledger/sqlite/ledger-machine.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import type { Machine } from '../src/site/machine.ts';

/** Enters a run of `ingest` into the journal, in a ledger that is, or now becomes, the machine's. */
export function beginRun(
  db: Database.Database,
  machine: Machine,
  qledgerVersion: string,
): { runId: number; chargeVersion: number } {
  return db
    .transaction(() => {
      claimLedger(db, machine);
      const chargeVersion = chargeVersionOf(db, machine.charging, 'ingest');
      const runId = new Runs(db).begin({ command: 'ingest', qledgerVersion, chargeVersion });
      return { runId, chargeVersion };
    })
    .immediate();
}
