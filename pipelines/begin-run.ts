import type Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import { chargeVersionOf } from '../src/ledger/sqlite/charge-versions.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { claimLedger } from '../src/ledger/sqlite/ledger-machine.ts';
import { type InterruptedRun, Runs } from '../src/ledger/sqlite/runs.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import type { Load } from './ingest.ts';

/**
 * Enters a run of a command into the journal, in a ledger that is, or now becomes, the machine's.
 * @returns what jobs are written with, and the runs before that never ended.
 */
export function beginRun(
  db: Database.Database,
  { request, siteZone }: Pick<Load, 'request' | 'siteZone'>,
  command = 'ingest',
): { run: WritingRun; interrupted: readonly InterruptedRun[] } {
  const { machine, version, upsert } = request;
  const charging = compileCharging(machine.charging);
  return db
    .transaction(() => {
      claimLedger(db, machine);
      const chargeVersion = chargeVersionOf(db, machine.charging, command);
      const runs = new Runs(db);
      const interrupted = runs.endInterrupted();
      const runId = runs.begin({ command, qledgerVersion: version, chargeVersion });
      const run = {
        runId,
        chargeVersion,
        qosIds: storeQos(db, charging.qos),
        qosFactors: charging.qos.map(({ factor }) => factor),
        updating: upsert === true ? { charging, clock: new ZoneClock(siteZone) } : undefined,
      };
      return { run, interrupted };
    })
    .immediate();
}
