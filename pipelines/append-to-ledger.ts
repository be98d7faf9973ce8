import { summariseStaleDays } from '../src/ledger/sqlite/daily-summary.ts';
import { closeLedger, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { analyseOnce } from '../src/ledger/sqlite/statistics.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { AppendSink } from './append-sink.ts';
import { beginRun } from './begin-run.ts';
import type { Load, LoadOutcome } from './ingest.ts';
import { Interruption } from './interruption.ts';
import { loadFiles } from './load-files.ts';
import { StepTimes } from './step-times.ts';

/**
 * The way into a ledger that is there: one transaction a chunk, so that a crash at any moment leaves the
 * ledger as of the last chunk and the next run goes on; then the days that were touched are summarised.
 */
export async function appendToLedger(load: Load): Promise<LoadOutcome> {
  const { request, siteZone } = load;
  const db = openForWriting(request.ledgerPath);
  const runs = new Runs(db);
  const times = new StepTimes();
  let runId: number | undefined;
  try {
    const { run, interrupted } = beginRun(db, load);
    runId = run.runId;
    const sink = new AppendSink(db, run);
    const files = await times.measure('load', () => loadFiles({ ...request, ...load, sink }));
    const days = await times.measure('summary', () =>
      summariseStaleDays(db, new ZoneClock(siteZone)),
    );
    if (days.length > 0) await times.measure('statistics', () => analyseOnce(db));
    runs.recordSteps(run.runId, times);
    runs.complete(run.runId);
    return { runId: run.runId, files, days, interrupted };
  } catch (cause) {
    if (runId !== undefined) {
      if (cause instanceof Interruption) runs.interrupt(runId, cause.message);
      else runs.fail(runId, cause);
    }
    throw cause;
  } finally {
    closeLedger(db);
  }
}
