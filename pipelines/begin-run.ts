import type Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  chargeVersionOf,
  otherVersionSince,
  type RulesChange,
} from '../src/ledger/sqlite/charge-versions.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { claimLedger } from '../src/ledger/sqlite/ledger-machine.ts';
import { type InterruptedRun, Runs } from '../src/ledger/sqlite/runs.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { hardwareDefaults } from '../src/sources/reading-context.ts';
import type { Load } from './prepare-load.ts';

export interface BegunRun {
  /** What jobs are written with. */
  readonly run: WritingRun;
  /** The runs before that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  /** Set where jobs are charged by other rules now than since the last run that came to its end. */
  readonly rulesChange: RulesChange | undefined;
}

/** Enters a run of a command into the journal, in a ledger that is, or now becomes, the machine's. */
export function beginRun(
  db: Database.Database,
  { request, siteZone }: Pick<Load, 'request' | 'siteZone'>,
  command = 'ingest',
): BegunRun {
  const { machine, version, upsert } = request;
  const charging = compileCharging(machine.charging);
  return db
    .transaction(() => {
      claimLedger(db, machine);
      const chargeVersion = chargeVersionOf(db, machine.charging, command);
      const before = otherVersionSince(db, chargeVersion);
      const runs = new Runs(db);
      const interrupted = runs.endInterrupted();
      const runId = runs.begin({ command, qledgerVersion: version, chargeVersion });
      const run = {
        runId,
        chargeVersion,
        qosIds: storeQos(db, charging.qos),
        qosFactors: charging.qos.map(({ factor }) => factor),
        updating: {
          charging,
          hardware: hardwareDefaults(machine),
          clock: new ZoneClock(siteZone),
          all: upsert === true,
        },
      };
      const rulesChange = before === undefined ? undefined : { before, now: chargeVersion };
      return { run, interrupted, rulesChange };
    })
    .immediate();
}
