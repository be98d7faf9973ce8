import type Database from 'better-sqlite3';
import type { Machine } from '../../site/machine.ts';
import { LedgerError } from '../ledger-error.ts';

export interface LedgerMachine {
  readonly machine: string;
  /** Zone of the days that its summary is cut by. */
  readonly timeZone: string;
}

/** @returns null in a ledger that nothing was ever written to. */
export function ledgerMachine(db: Database.Database): LedgerMachine | null {
  const row = db
    .prepare<[], LedgerMachine>('SELECT machine, time_zone AS timeZone FROM ledger')
    .get();
  return row ?? null;
}

/**
 * Makes a new ledger the machine's own.
 * @throws LedgerError where it is another machine's, or its days are cut in another zone.
 */
export function claimLedger(db: Database.Database, machine: Machine): void {
  if (ledgerMachine(db) === null) {
    db.prepare('INSERT INTO ledger (id, machine, time_zone) VALUES (1, ?, ?)').run(
      machine.name,
      machine.timeZone,
    );
  } else {
    checkMachine(db, machine);
  }
}

/** @throws LedgerError where a ledger is another machine's, or its days are cut in another zone. */
export function checkMachine(db: Database.Database, machine: Machine): void {
  const owner = ledgerMachine(db);
  if (owner === null) return;
  if (owner.machine !== machine.name) {
    throw new LedgerError(
      'other-machine',
      `${db.name}: this is the ledger of ${owner.machine}, not of ${machine.name}. ` +
        'Nothing was changed; a ledger holds one machine, name another file with --db.',
    );
  }
  if (owner.timeZone !== machine.timeZone) {
    throw new LedgerError(
      'other-machine',
      `${db.name}: its days are cut in ${owner.timeZone}, the configuration says ` +
        `${machine.timeZone}. Nothing was changed; the zone of a ledger is fixed, rebuild it in the new one.`,
    );
  }
}
