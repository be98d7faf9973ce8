import { compileCharging } from '../src/charging/compile-charging.ts';
import { chargeVersionOf } from '../src/ledger/sqlite/charge-versions.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { type ChargeChanges, chargeChanges } from '../src/ledger/sqlite/recharge/charge-changes.ts';
import { ChargeUpdates } from '../src/ledger/sqlite/recharge/charge-updates.ts';
import { staleDays, writeSummaryDays } from '../src/ledger/sqlite/recharge/summary-days.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import { analyseOnce } from '../src/ledger/sqlite/statistics.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import { chargeRanges, type RechargeProgress } from './charge-ranges.ts';
import { journaledRun, type WritingRequest } from './recharge-run.ts';

export interface RechargeRequest extends WritingRequest {
  /** Why, kept with rules that are new to the ledger. */
  readonly reason?: string;
}

export interface RechargeResult extends ChargeChanges {
  readonly runId: number;
  /** That of all jobs of the range now. */
  readonly chargeVersion: number;
  /** Site-local days that were summarised, ascending. */
  readonly days: readonly string[];
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  readonly seconds: number;
}

/** 40 MB: pages that change in batch after batch go into the file once, with few syncs. */
const CHECKPOINT_PAGES = 10_000;

/**
 * Charges jobs that are in a ledger again, by the rules that hold now.
 *
 * Workers read the jobs by ranges of ids, charge them, and send back what differs from what is stored. Here it
 * is written in place, each range in one transaction with the days that are stale by that, so that a reader sees
 * all of a range as it was or as it is. The sums by day come from the same pass. A recharge that was interrupted
 * or killed is gone on with by another one of the same rules: it compares all and writes what is left.
 * @throws LedgerError where the ledger is not there, can't be written, or another process is writing it.
 * @throws Interruption after the last commit.
 */
export async function recharge(
  request: RechargeRequest,
  onProgress: (progress: RechargeProgress) => void = () => {},
): Promise<RechargeResult> {
  const startedAt = performance.now();
  const { machine, reason = 'recharge' } = request;
  const charging = compileCharging(machine.charging);
  return await journaledRun(
    request,
    'recharge',
    (db) => ({
      chargeVersion: chargeVersionOf(db, machine.charging, reason),
      qosIds: storeQos(db, charging.qos),
    }),
    async ({ db, file, runId, times, interrupted, prepared }) => {
      const { chargeVersion } = prepared;
      const staleBefore = new Set(staleDays(db));
      db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      const updates = new ChargeUpdates(db, chargeVersion);
      const charged = await times.measure('charge', () =>
        chargeRanges(
          db,
          file,
          request,
          { charges: 'by the rules', ...prepared },
          (range) => updates.write(range),
          onProgress,
        ),
      );
      const days = staleDays(db);
      await times.measure('summary', () => {
        writeSummaryDays(db, charged, staleBefore);
        refreshStale(db, new ZoneClock(zoneTable(machine.timeZone)));
      });
      if (days.length > 0) await times.measure('statistics', () => analyseOnce(db));
      const changes = chargeChanges(db, charged.sums, charged.ownerIds);
      const seconds = (performance.now() - startedAt) / 1000;
      return { runId, chargeVersion, ...changes, days, interrupted, seconds };
    },
  );
}
