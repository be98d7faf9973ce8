import Database from 'better-sqlite3';
import { beginRun } from '../../../../pipelines/begin-run.ts';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { compileKernel } from '../../../../src/kernel/kernel.ts';
import { BatchWriter, type WritingRun } from '../../../../src/ledger/sqlite/batch-writer.ts';
import { keysOf } from '../../../../src/ledger/sqlite/bulk/batch-keys.ts';
import {
  type BuildingFile,
  createBuildingFile,
  openBuildingFile,
} from '../../../../src/ledger/sqlite/bulk/building-file.ts';
import { BulkLoad } from '../../../../src/ledger/sqlite/bulk/bulk-load.ts';
import { encodeBatch } from '../../../../src/ledger/sqlite/bulk/encode-batch.ts';
import { EncodingKernel } from '../../../../src/ledger/sqlite/bulk/encoding-kernel.ts';
import { IndexKernel } from '../../../../src/ledger/sqlite/bulk/index-kernel.ts';
import { SideStore } from '../../../../src/ledger/sqlite/bulk/side-store.ts';
import { writeIndex } from '../../../../src/ledger/sqlite/bulk/write-index.ts';
import { writeUniqueIndex } from '../../../../src/ledger/sqlite/bulk/write-unique-index.ts';
import type { ChunkPlace } from '../../../../src/ledger/sqlite/chunk-place.ts';
import { createSchema } from '../../../../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../../../../src/ledger/sqlite/refresh-stale.ts';
import { SourceFiles } from '../../../../src/ledger/sqlite/source-files.ts';
import { zoneTable } from '../../../../src/site/zone-table.ts';
import { presetMachine } from '../../../support/preset-machine.ts';
import { batchIn } from './batch-in.ts';
import { CLOCK, chunkOf } from './chunk-of.ts';
import type { History, ReadJob } from './random-history.ts';

/** What a worker keeps from ledger to ledger, and what is done to a file before a page is written to it. */
export interface Building {
  /** One for each chunk that it has held at once; more are made if need be. */
  readonly kernels?: EncodingKernel[];
  readonly indexKernel?: IndexKernel;
  readonly enlarge?: (file: BuildingFile) => BuildingFile;
  /** SQLite builds the indexes by owner of more jobs. */
  readonly mostSortedJobs?: number;
}

/**
 * Builds a ledger as pages, step by step as `buildLedger` does, but all in this thread. Chunks are encoded in
 * an order of chance, as by workers that finish when they finish. Every second one is in the memory of its kernel
 * already, as if it had been read there.
 */
export function buildLedgerHere(
  path: string,
  history: History,
  {
    kernels = [],
    indexKernel = new IndexKernel(compileKernel()),
    enlarge = (file) => file,
    mostSortedJobs,
  }: Building = {},
): void {
  makeDatabase(path, history.pageSize);
  const { file, prepared: run } = createBuildingFile(path, enterRun);
  const places = placesOf(history.chunks);
  const expectedJobs = history.chunks.length;
  using bulk = new BulkLoad(enlarge(file), run, expectedJobs, compileKernel(), mostSortedJobs);
  using side = new SideStore(`${path}.side`);
  const module = compileKernel();
  const held = places.map(({ jobs, place }, i) => {
    kernels[i] ??= new EncodingKernel(module);
    const kernel = kernels[i];
    const { batch: read } = chunkOf(jobs);
    const batch = i % 2 === 0 ? batchIn(kernel, read) : read;
    return { kernel, batch, taken: bulk.take(keysOf(batch), place) };
  });
  for (const { kernel, batch, taken } of shuffled(held)) {
    const encoded = encodeBatch({ ...taken.ids, batch }, kernel);
    for (const suspects of bulk.accept(taken, encoded)) side.keepSuspects(suspects);
  }
  writeUniqueIndex(bulk.uniqueIndex(), indexKernel);
  for (const index of bulk.indexes()) writeIndex(index, indexKernel);
  bulk.finishTables();
  const db = openBuildingFile(path);
  try {
    bulk.storeNames(db);
    bulk.createLaterIndexes(db);
    bulk.demandRows(db, 0);
    const writer = new BatchWriter(db, run);
    for (const { fileId, firstLine, batch } of side.suspects()) {
      writer.writeJobs(batch, fileId, firstLine);
    }
    refreshStale(db, CLOCK);
  } finally {
    db.close();
  }
}

/** Fills a ledger by statements, chunk after chunk, as `appendToLedger` does. */
export function growLedgerHere(path: string, { pageSize, chunks }: History): void {
  makeDatabase(path, pageSize);
  const db = openBuildingFile(path);
  try {
    createSchema(db);
    const writer = new BatchWriter(db, enterRun(db));
    db.transaction(() => {
      for (const { jobs, place } of placesOf(chunks)) {
        writer.writeJobs(chunkOf(jobs).batch, place.fileId, place.firstLine);
      }
    })();
    refreshStale(db, CLOCK);
  } finally {
    db.close();
  }
}

/** An empty database, whose page size stays. */
export function makeDatabase(path: string, pageSize: number): void {
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  db.pragma(`page_size = ${pageSize}`);
  db.exec('VACUUM');
  db.close();
}

const FILE_ID = 1;

function enterRun(db: Database.Database): WritingRun {
  const machine = presetMachine('derecho');
  const request = { files: [], machine, ledgerPath: db.name, version: '0.0.0-test' };
  const { run } = beginRun(db, { request, siteZone: zoneTable(machine.timeZone) });
  const file = {
    path: '/jobs.csv',
    sizeBytes: 1,
    modifiedMs: 0,
    formatName: 'qhist-csv',
    header: null,
  };
  new SourceFiles(db).enter(file, { offset: 0, line: 2, contentHash: '' }, run.runId);
  return run;
}

/** Line 1 of the file is the header. A chunk's number does for its offset. */
function placesOf(
  chunks: readonly (readonly ReadJob[])[],
): { jobs: readonly ReadJob[]; place: ChunkPlace }[] {
  let firstLine = 2;
  return chunks.map((jobs, i) => {
    const resume = { offset: i + 1, line: firstLine + jobs.length, contentHash: '' };
    const place = { fileId: FILE_ID, byteOffset: i, endOffset: i + 1, firstLine, resume };
    firstLine += jobs.length;
    return { jobs, place };
  });
}

function shuffled<Thing>(things: readonly Thing[]): Thing[] {
  const random = new SeededRandom(String(things.length));
  return things
    .map((thing) => ({ thing, turn: random.unit() }))
    .sort((a, b) => a.turn - b.turn)
    .map(({ thing }) => thing);
}
