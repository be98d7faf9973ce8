import { lastChargeVersion } from '../src/ledger/sqlite/charge-versions.ts';
import { markAllSegments } from '../src/ledger/sqlite/facts/stale-segments.ts';
import { staleDays, writeSummaryDays } from '../src/ledger/sqlite/recharge/summary-days.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import type { InterruptedRun } from '../src/ledger/sqlite/runs.ts';
import { formatLocalDay } from '../src/site/local-day.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import { chargeRanges, type RechargeProgress } from './charge-ranges.ts';
import { journaledRun, type WritingRequest } from './recharge-run.ts';

export interface RebuildSummaryRequest extends WritingRequest {
  /** A summary is of whole days. */
  readonly range?: { readonly from?: string; readonly to?: string };
}

export interface RebuildSummaryResult {
  readonly runId: number;
  readonly jobs: number;
  /** Site-local days that were summarised, ascending. */
  readonly days: readonly string[];
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  readonly seconds: number;
}

/** Makes the daily summary of a range of days anew from the charges as they are, and the facts of all jobs. */
export async function rebuildSummary(
  request: RebuildSummaryRequest,
  onProgress: (progress: RechargeProgress) => void = () => {},
): Promise<RebuildSummaryResult> {
  const startedAt = performance.now();
  const { machine, range = {} } = request;
  return await journaledRun(
    request,
    'recharge --summary-only',
    // No charge is made, so the run is one of the rules before it.
    (db) => ({ chargeVersion: lastChargeVersion(db) ?? 0 }),
    async ({ db, file, runId, times, interrupted, prepared }) => {
      const { from = '', to = '9999-12-31' } = range;
      db.prepare(
        `INSERT INTO stale_days SELECT DISTINCT date FROM daily_summary WHERE date BETWEEN ? AND ?
         ON CONFLICT DO NOTHING`,
      ).run(from, to);
      markAllSegments(db);
      const staleBefore = new Set(staleDays(db));
      const markStale = db.prepare('INSERT INTO stale_days VALUES (?) ON CONFLICT DO NOTHING');
      const pass = await times.measure('sums', () =>
        chargeRanges(
          db,
          file,
          request,
          { charges: 'as stored', qosIds: [], ...prepared },
          (part) => {
            db.transaction(() => {
              for (const day of part.days) markStale.run(formatLocalDay(day));
            }).immediate();
          },
          onProgress,
        ),
      );
      const days = staleDays(db);
      await times.measure('summary', () => {
        writeSummaryDays(db, pass, staleBefore);
        refreshStale(db, new ZoneClock(zoneTable(machine.timeZone)));
      });
      const seconds = (performance.now() - startedAt) / 1000;
      return { runId, jobs: pass.jobs, days, interrupted, seconds };
    },
  );
}
