import { rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { compileCharging } from '../src/charging/compile-charging.ts';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  buildingPath,
  createBuildingFile,
  openBuildingFile,
  publish,
  removeLeftovers,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import { summariseStaleDays } from '../src/ledger/sqlite/daily-summary.ts';
import { storeQos } from '../src/ledger/sqlite/job-qos.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyse, quickCheck } from '../src/ledger/sqlite/statistics.ts';
import { formatLocalDay } from '../src/site/local-day.ts';
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
  const { ledgerPath } = load.request;
  removeLeftovers(ledgerPath);
  const path = buildingPath(ledgerPath);
  try {
    const times = new StepTimes();
    const { file, prepared } = createBuildingFile(path, (db) => prepare(db, load));
    const bulk = new BulkLoad(file, prepared.run, expectedJobs(load));
    const sink = new BulkSink(bulk, load.workers, prepared.run.runId, `${path}-rejects`);
    try {
      const { workers, onProgress } = load;
      const { chunkBytes } = load.request;
      const files = await times.measure('load', async () => {
        const loaded = await loadFiles({
          sources: load.exports,
          begin: prepared.fileId,
          workers,
          sink,
          chunkBytes,
          onProgress,
        });
        await sink.settled();
        return loaded;
      });
      await times.measure('indexes', () =>
        Promise.all(bulk.indexes().map((index) => workers.writeIndex(index))),
      );
      bulk.finishTables();
      const days = await complete(load, path, bulk, sink, { ...prepared, files, times });
      await times.measure('publish', () => publish(path, ledgerPath));
      return { runId: prepared.run.runId, files, days };
    } finally {
      bulk.close();
      sink.close();
    }
  } finally {
    rmSync(path, { force: true });
    rmSync(`${path}-rejects`, { force: true });
  }
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
  sink: BulkSink,
  { run, files, times }: { run: WritingRun; files: readonly LoadedFile[]; times: StepTimes },
): Promise<string[]> {
  const db = openBuildingFile(path);
  try {
    await times.measure('unique index', () => bulk.createLaterIndexes(db));
    await times.measure('names and summary', () => bulk.storeNamesAndSummary(db, formatLocalDay));
    sink.storeRejects(db);
    await replaySuspects(db, run, bulk.suspects, files, load.workers);
    const late = summariseStaleDays(db, new ZoneClock(load.siteZone));
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
    return [...new Set([...bulk.days.map(formatLocalDay), ...late])].sort();
  } finally {
    db.close();
  }
}

function expectedJobs({ exports }: Load): number {
  const bytes = exports.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return Math.ceil(bytes / TYPICAL_LINE_BYTES);
}
