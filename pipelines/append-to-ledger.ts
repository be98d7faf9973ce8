import { closeLedger, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { analyseOnce } from '../src/ledger/sqlite/statistics.ts';
import { removeUnusedNames } from '../src/ledger/sqlite/unused-names.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { ReadChunkTask } from '../workers/messages.ts';
import { AppendSink } from './append-sink.ts';
import { beginRun } from './begin-run.ts';
import { loadFiles } from './load-files.ts';
import { noteFailure } from './note-failure.ts';
import type { Load, LoadOutcome } from './prepare-load.ts';
import { StepTimes } from './step-times.ts';

/**
 * The way into a ledger that is there: one transaction a chunk, so that a crash at any moment leaves the
 * ledger as of the last chunk and the next run goes on; then the days that were touched are summarised.
 */
export async function appendToLedger(load: Load): Promise<LoadOutcome> {
  const { request, siteZone, workers } = load;
  const db = openForWriting(request.ledgerPath);
  const runs = new Runs(db);
  const times = new StepTimes();
  let runId: number | undefined;
  let outcome: LoadOutcome;
  try {
    const { run, interrupted, rulesChange } = beginRun(db, load);
    runId = run.runId;
    const sink = new AppendSink(db, run);
    const read = (task: ReadChunkTask): Promise<ParsedChunk> => workers.readChunk(task);
    const files = await times.measure('load', () => loadFiles({ ...request, ...load, read, sink }));
    const days = await times.measure('summary', () => refreshStale(db, new ZoneClock(siteZone)));
    if (days.length > 0 || interrupted.length > 0) removeUnusedNames(db);
    if (days.length > 0) await times.measure('statistics', () => analyseOnce(db));
    runs.recordSteps(run.runId, times);
    runs.complete(run.runId);
    outcome = { runId: run.runId, files, days, interrupted, rulesChange };
  } catch (cause) {
    noteFailure(runs, runId, cause, () => closeLedger(db));
    throw cause;
  }
  closeLedger(db);
  return outcome;
}
