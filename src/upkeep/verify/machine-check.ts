import type Database from 'better-sqlite3';
import { ledgerMachine } from '../../ledger/sqlite/ledger-machine.ts';
import { isTimeZone } from '../../site/is-time-zone.ts';
import { ZoneClock } from '../../site/zone-clock.ts';
import { zoneTable } from '../../site/zone-table.ts';
import { MENDS } from './mends.ts';
import type { VerifyCheck } from './verify-check.ts';

export const machineCheck: VerifyCheck = {
  name: 'machine',
  sound: 'the ledger names its machine and a time zone that is known',
  *run(db) {
    const owner = ledgerMachine(db);
    if (owner === null) {
      const hasJobs = db.prepare('SELECT 1 FROM jobs LIMIT 1').get() !== undefined;
      if (hasJobs) yield { text: 'it has jobs, but names no machine', mend: MENDS.rebuild };
    } else if (!isTimeZone(owner.timeZone)) {
      yield {
        text: `its days are cut in "${owner.timeZone}", which is no time zone`,
        mend: MENDS.rebuild,
      };
    }
  },
};

/** The clock of the ledger's days. @throws Error where its time zone is unknown. */
export function clockOf(db: Database.Database): ZoneClock {
  const zone = ledgerMachine(db)?.timeZone ?? 'UTC';
  if (!isTimeZone(zone)) throw new Error(`its days are cut in "${zone}", which is no time zone`);
  return new ZoneClock(zoneTable(zone));
}
