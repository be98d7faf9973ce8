import { compileCharging } from '../src/charging/compile-charging.ts';
import { BatchWriter } from '../src/ledger/sqlite/batch-writer.ts';
import { summariseStaleDays } from '../src/ledger/sqlite/daily-summary.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { closeLedger, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyseOnce } from '../src/ledger/sqlite/statistics.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { beginRun } from './begin-run.ts';
import type { Load, LoadOutcome } from './ingest.ts';
import { loadFiles } from './load-files.ts';
import { StepTimes } from './step-times.ts';

/**
 * The way into a ledger that is there: one transaction a chunk, so that a crash at any moment leaves the
 * ledger as of the last chunk and the next run goes on; then the days that were touched are summarised.
 */
export async function appendToLedger(load: Load): Promise<LoadOutcome> {
  const { request, exports, siteZone, workers, onProgress } = load;
  const { machine, chunkBytes } = request;
  const db = openForWriting(request.ledgerPath);
  const runs = new Runs(db);
  const times = new StepTimes();
  let runId: number | undefined;
  try {
    const run = beginRun(db, machine, request.version);
    runId = run.runId;
    const { qos } = compileCharging(machine.charging);
    const qosIds = storeQos(db, qos);
    const sink = new BatchWriter(db, {
      ...run,
      qosIds,
      qosFactors: qos.map(({ factor }) => factor),
    });
    const journal = new SourceFiles(db);

    const files = await times.measure('load', () =>
      loadFiles({
        sources: exports,
        begin: (source) => journal.register(source, run.runId),
        workers,
        sink,
        chunkBytes,
        onProgress,
      }),
    );
    const days = await times.measure('summary', () =>
      summariseStaleDays(db, new ZoneClock(siteZone)),
    );
    if (days.length > 0) await times.measure('statistics', () => analyseOnce(db));
    runs.recordSteps(run.runId, times);
    runs.complete(run.runId);
    return { runId: run.runId, files, days };
  } catch (cause) {
    if (runId !== undefined) runs.fail(runId, cause);
    throw cause;
  } finally {
    closeLedger(db);
  }
}
