import type Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  BuildingFolder,
  createBuildingFile,
  openBuildingFile,
  publish,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import { summariseStaleDays } from '../src/ledger/sqlite/daily-summary.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyse, quickCheck } from '../src/ledger/sqlite/statistics.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import type { QhistExport } from '../src/sources/qhist-csv/open-export.ts';
import { beginRun } from './begin-run.ts';
import { BulkSink } from './bulk-sink.ts';
import type { Load, LoadOutcome } from './ingest.ts';
import { type LoadedFile, loadFiles } from './load-files.ts';
import { replaySuspects } from './replay-suspects.ts';
import { StepTimes } from './step-times.ts';

/** Bytes of a line of a typical export; only the size of a table depends on it. */
const TYPICAL_LINE_BYTES = 300;

/**
 * The way into a new ledger: nothing is inserted. Workers encode the rows as finished pages of the database
 * file and write them; here names and rows get their ids, and the pages above the rows are built. SQLite
 * makes the schema before and takes the file over afterwards: unique index, names, summary, statistics, check.
 * The file is built beside its place and published when it is whole and on disk.
 */
export async function buildLedger(load: Load): Promise<LoadOutcome> {
  const { ledgerPath, chunkBytes } = load.request;
  const { workers, onProgress } = load;
  using folder = new BuildingFolder(ledgerPath);
  const times = new StepTimes();
  const { file, prepared } = createBuildingFile(folder.ledger, (db) => prepare(db, load));
  using bulk = new BulkLoad(file, prepared.run, expectedJobs(load));
  using side = new SideStore(folder.side);
  const sink = new BulkSink(bulk, side, workers, prepared.run.runId);
  // Before the file is closed, so that no worker writes to a descriptor that is another file's by then.
  await using _stopped = { [Symbol.asyncDispose]: () => workers.close() };

  const files = await times.measure('load', async () => {
    const begin = (source: QhistExport): number => {
      bulk.beginFile();
      return prepared.fileId(source);
    };
    const sources = load.exports;
    const loaded = await loadFiles({ sources, begin, workers, sink, chunkBytes, onProgress });
    await sink.settled();
    return loaded;
  });
  await times.measure('indexes', () =>
    Promise.all(bulk.indexes().map((index) => workers.writeIndex(index))),
  );
  // The threads have done their part, and the memory that they hold is wanted for sorting.
  if (bulk.suspects.length === 0) await workers.close();
  bulk.finishTables();
  const days = await complete(load, folder.ledger, bulk, side, { ...prepared, files, times });
  publish(folder.ledger, ledgerPath);
  return { runId: prepared.run.runId, files, days };
}

interface Prepared {
  readonly run: WritingRun;
  /** What the journal knows a file by. */
  readonly fileId: (source: QhistExport) => number;
}

/** Enters what is known before any job is read. */
function prepare(db: Database.Database, { request, exports }: Load): Prepared {
  const { machine, version } = request;
  const run = beginRun(db, machine, version);
  const { qos } = compileCharging(machine.charging);
  const journal = new SourceFiles(db);
  const fileIds = new Map(exports.map((source) => [source, journal.register(source, run.runId)]));
  return {
    run: { ...run, qosIds: storeQos(db, qos), qosFactors: qos.map(({ factor }) => factor) },
    fileId: (source) => fileIds.get(source) ?? 0,
  };
}

/** SQLite's part, once all pages are written. @returns the days that are summarised. */
async function complete(
  load: Load,
  path: string,
  bulk: BulkLoad,
  side: SideStore,
  { run, files, times }: { run: WritingRun; files: readonly LoadedFile[]; times: StepTimes },
): Promise<string[]> {
  const db = openBuildingFile(path);
  try {
    await times.measure('names and rejects', () => {
      bulk.storeNames(db);
      side.moveInto(db);
    });
    await times.measure('other indexes', () => bulk.createLaterIndexes(db));
    await times.measure('index check', () => bulk.checkIndexes(db));
    await replaySuspects(db, run, bulk.suspects, files, load.workers);
    summariseStaleDays(db, new ZoneClock(load.siteZone));
    const journal = new SourceFiles(db);
    for (const { source, counts } of files) {
      const fileId = journal.register(source, run.runId);
      journal.advance(fileId, counts.committedBytes, counts);
    }
    await times.measure('statistics', () => analyse(db));
    await times.measure('check', () => quickCheck(db));
    const runs = new Runs(db);
    runs.recordSteps(run.runId, times);
    runs.complete(run.runId);
    return db
      .prepare<[], string>('SELECT DISTINCT date FROM daily_summary ORDER BY date')
      .pluck()
      .all();
  } finally {
    db.close();
  }
}

function expectedJobs({ exports }: Load): number {
  const bytes = exports.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return Math.ceil(bytes / TYPICAL_LINE_BYTES);
}
