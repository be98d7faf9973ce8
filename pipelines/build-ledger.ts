import Database from 'better-sqlite3';
import type { WritingRun } from '../src/ledger/sqlite/batch-writer.ts';
import {
  type BuildingFolder,
  createBuildingFile,
  openBuildingFile,
} from '../src/ledger/sqlite/bulk/building-file.ts';
import { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import { CHECKED_PARTS, type CheckedPart, demandSound } from '../src/ledger/sqlite/quick-check.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import { Runs } from '../src/ledger/sqlite/runs.ts';
import { SourceFiles } from '../src/ledger/sqlite/source-files.ts';
import { analyse } from '../src/ledger/sqlite/statistics.ts';
import { syncInBackground } from '../src/ledger/sqlite/sync-path.ts';
import { removeUnusedNames } from '../src/ledger/sqlite/unused-names.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import type { ReadChunkTask } from '../workers/messages.ts';
import type { HeldChunk, WorkerPool } from '../workers/worker-pool.ts';
import { beginRun } from './begin-run.ts';
import { BoundedWork } from './bounded-work.ts';
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
 * makes the schema before and takes the file over afterwards: names, doubtful jobs, rejects, statistics, check.
 *
 * It ends with a whole and sound file in its folder; who called puts it into service.
 * @param begin enters the run into the new ledger, which has a schema and nothing else.
 */
export async function buildLedger(
  load: Load,
  folder: BuildingFolder,
  begin = (db: Database.Database): WritingRun => beginRun(db, load).run,
): Promise<LoadOutcome> {
  const read = (task: ReadChunkTask): Promise<HeldChunk> => load.workers.holdChunk(task);
  const fill = (sink: ChunkSink<HeldChunk>): Promise<LoadedFile[]> =>
    loadFiles({ ...load.request, ...load, read, sink });
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
  fill(sink: ChunkSink<HeldChunk>): Promise<readonly File[]>;
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
  using bulk = new BulkLoad(file, run, expectedJobs, workers.kernel);
  using side = new SideStore(folder.side);
  const sink = new BulkSink(bulk, side, workers, run.runId);
  // Before the file is closed, so that no worker writes to a descriptor that is another file's by then.
  await using _stopped = { [Symbol.asyncDispose]: () => workers.close() };

  const files = await times.measure('load', async () => {
    const loaded = await fill(sink);
    await sink.settled();
    return loaded;
  });
  await times.measure('indexes', () => writeIndexes(workers, bulk));
  // What follows takes its time, and up to the check the process has no moment to hear a signal in.
  Interruption.throwIfAborted(load.request.signal);
  bulk.finishTables();
  const added = await complete(load, folder.ledger, { bulk, side, run, files, times });
  await times.measure('check', () => check(workers, folder.ledger, bulk, added));
  Interruption.throwIfAborted(load.request.signal);
  return { runId: run.runId, files, days: endRun(folder.ledger, run.runId, times) };
}

async function writeIndexes(workers: WorkerPool, bulk: BulkLoad): Promise<void> {
  // One more at once would start a thread, which takes longer than all indexes of a small load.
  const concurrency = workers.startedInFlight;
  const writing = new BoundedWork({ concurrency, mostWaiting: Number.POSITIVE_INFINITY });
  await writing.add(() => workers.writeUniqueIndex(bulk.uniqueIndex()));
  for (const index of bulk.indexes()) await writing.add(() => workers.writeIndex(index));
  await writing.settled();
}

interface Built {
  readonly bulk: BulkLoad;
  readonly side: SideStore;
  readonly run: WritingRun;
  readonly files: readonly FilledFile[];
  readonly times: StepTimes;
}

/** SQLite's part, once all pages are written. @returns how many doubtful jobs were jobs of their own. */
async function complete(
  { request, siteZone }: Omit<Load, 'files'>,
  path: string,
  { bulk, side, run, files, times }: Built,
): Promise<number> {
  const db = openBuildingFile(path);
  try {
    await times.measure('names', () => bulk.storeNames(db));
    await times.measure('other indexes', () => bulk.createLaterIndexes(db));
    const added = await times.measure('duplicates', () => replaySuspects(db, run, side, files));
    refreshStale(db, new ZoneClock(siteZone));
    if (request.upsert === true) removeUnusedNames(db);
    enterFiles(db, files, run.runId);
    side.moveRejectsTo(db);
    await times.measure('statistics', () => analyse(db));
    return added;
  } finally {
    db.close();
  }
}

/**
 * Checks the file that is complete but for the end of its run. Workers do most of it; the rest, and putting
 * the file on disk, take less time and so cost none.
 */
async function check(
  workers: WorkerPool,
  path: string,
  bulk: BulkLoad,
  added: number,
): Promise<void> {
  // By one thread, parts would take longer than the whole.
  const parts: readonly CheckedPart[] = workers.startedThreads > 1 ? CHECKED_PARTS : ['whole'];
  const [findings] = await Promise.all([
    Promise.all(parts.map((part) => workers.quickCheck({ path, part }))),
    syncInBackground(path),
    countRows(path, bulk, added),
  ]);
  demandSound(path, findings.flat());
}

async function countRows(path: string, bulk: BulkLoad, added: number): Promise<void> {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    bulk.demandRows(db, added);
  } finally {
    db.close();
  }
}

/** @returns the days that are summarised. */
function endRun(path: string, runId: number, times: StepTimes): string[] {
  const db = openBuildingFile(path);
  try {
    const runs = new Runs(db);
    runs.recordSteps(runId, times);
    runs.complete(runId);
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
