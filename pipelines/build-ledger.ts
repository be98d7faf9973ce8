import type Database from 'better-sqlite3';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  type BuildingFolder,
  createBuildingFile,
  openBuildingFile,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyse, quickCheck } from '../src/ledger/sqlite/statistics.ts';
import { removeUnusedNames } from '../src/ledger/sqlite/unused-names.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { beginRun } from './begin-run.ts';
import { BulkSink } from './bulk-sink.ts';
import { Interruption } from './interruption.ts';
import { type JournalledSource, sourceFileOf } from './journal-entry.ts';
import { type ChunkSink, type LoadedFile, loadFiles } from './load-files.ts';
import type { Load, LoadOutcome } from './prepare-load.ts';
import { replaySuspects } from './replay-suspects.ts';
import { StepTimes } from './step-times.ts';

/** Bytes of a line of a typical export; only the size of a table depends on it. */
const TYPICAL_LINE_BYTES = 300;

/**
 * The way into a new ledger: nothing is inserted. Workers encode the rows as finished pages of the database
 * file and write them; here names and rows get their ids, and the pages above the rows are built. SQLite
 * makes the schema before and takes the file over afterwards: unique index, names, summary, statistics, check.
 *
 * It ends with a whole and sound file in its folder; who called puts it into service.
 * @param begin enters the run into the new ledger, which has a schema and nothing else.
 */
export async function buildLedger(
  load: Load,
  folder: BuildingFolder,
  begin = (db: Database.Database): WritingRun => beginRun(db, load).run,
): Promise<LoadOutcome> {
  const fill = (sink: ChunkSink): Promise<LoadedFile[]> =>
    loadFiles({ ...load.request, ...load, sink });
  return {
    ...(await buildFrom(load, folder, { begin, fill, expectedJobs: expectedJobs(load) })),
    interrupted: [],
    rulesChange: undefined,
  };
}

/** A file whose jobs are in the new ledger, as much as its journal is told. */
export interface FilledFile
  extends Pick<LoadedFile, 'fileId' | 'counts' | 'from' | 'resume' | 'problem'> {
  readonly source: JournalledSource;
}

/** Where the jobs of a new ledger come from. */
export interface Filling<File extends FilledFile> {
  begin(db: Database.Database): WritingRun;
  /** Commits chunks to the sink, file after file. */
  fill(sink: ChunkSink): Promise<readonly File[]>;
  /** Only the size of a table depends on it. */
  readonly expectedJobs: number;
}

/** The same for jobs of any kind of source. */
export async function buildFrom<File extends FilledFile>(
  load: Omit<Load, 'files'>,
  folder: BuildingFolder,
  { begin, fill, expectedJobs }: Filling<File>,
): Promise<{ runId: number; files: readonly File[]; days: readonly string[] }> {
  const { workers } = load;
  const times = new StepTimes();
  const { file, prepared: run } = createBuildingFile(folder.ledger, begin);
  using bulk = new BulkLoad(file, run, expectedJobs);
  using side = new SideStore(folder.side);
  const sink = new BulkSink(bulk, side, workers, run.runId);
  // Before the file is closed, so that no worker writes to a descriptor that is another file's by then.
  await using _stopped = { [Symbol.asyncDispose]: () => workers.close() };

  const files = await times.measure('load', async () => {
    const loaded = await fill(sink);
    await sink.settled();
    return loaded;
  });
  await times.measure('indexes', () =>
    Promise.all([
      workers.writeUniqueIndex(bulk.uniqueIndex()),
      ...bulk.indexes().map((index) => workers.writeIndex(index)),
    ]),
  );
  // The threads have done their part, and the memory that they hold is wanted for sorting.
  await workers.close();
  // What follows takes its time and leaves the process no moment to hear a signal in.
  Interruption.throwIfAborted(load.request.signal);
  bulk.finishTables();
  const days = await complete(load, folder.ledger, { bulk, side, run, files, times });
  return { runId: run.runId, files, days };
}

interface Built {
  readonly bulk: BulkLoad;
  readonly side: SideStore;
  readonly run: WritingRun;
  readonly files: readonly FilledFile[];
  readonly times: StepTimes;
}

/** SQLite's part, once all pages are written. @returns the days that are summarised. */
async function complete(
  { request, siteZone }: Omit<Load, 'files'>,
  path: string,
  { bulk, side, run, files, times }: Built,
): Promise<string[]> {
  const db = openBuildingFile(path);
  try {
    await times.measure('names', () => bulk.storeNames(db));
    await times.measure('other indexes', () => bulk.createLaterIndexes(db));
    await times.measure('index check', () => bulk.checkIndexes(db));
    await times.measure('duplicates', () => replaySuspects(db, run, side, files));
    refreshStale(db, new ZoneClock(siteZone));
    if (request.upsert === true) removeUnusedNames(db);
    enterFiles(db, files, run.runId);
    side.moveRejectsTo(db);
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

/** Enters the files into the journal, in their order, so that they get the ids that their rows have. */
function enterFiles(db: Database.Database, files: readonly FilledFile[], runId: number): void {
  const journal = new SourceFiles(db);
  for (const { source, from, fileId, counts, resume, problem } of files) {
    const id = journal.enter(sourceFileOf(source), from, runId);
    if (id !== fileId) throw new Error(`file ${fileId} was entered as ${id}`);
    journal.advance({ fileId, runId }, { endOffset: counts.committedBytes, resume }, counts);
    if (problem === null) journal.complete(fileId, sourceFileOf(source), resume);
  }
}

function expectedJobs({ files }: Load): number {
  const bytes = files.reduce((sum, { source }) => sum + source.sizeBytes, 0);
  return Math.ceil(bytes / TYPICAL_LINE_BYTES);
}
