import type Database from 'better-sqlite3';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { ZoneClock } from '../site/zone-clock.ts';
import { zoneTable } from '../site/zone-table.ts';

/** The clock of the zone that the days of a ledger are cut in. */
export function ledgerClock(db: Database.Database): ZoneClock {
  return new ZoneClock(zoneTable(ledgerMachine(db)?.timeZone ?? 'UTC'));
}
