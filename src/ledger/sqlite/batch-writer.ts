import type Database from 'better-sqlite3';
import { type JobBatch, NUMBER } from '../../job/job-batch.ts';
import { formatLocalDay } from '../../site/local-day.ts';
import type { ParsedChunk } from '../../sources/parsed-chunk.ts';
import { ChargeRows } from './charge-rows.ts';
import type { ChunkPlace, CommitCounts } from './chunk-place.ts';
import { JobRows } from './job-rows.ts';
import { LOOKUP_TABLES } from './lookup-tables.ts';
import { NameIds } from './name-ids.ts';
import { RejectRows } from './reject-rows.ts';
import { SourceFiles } from './source-files.ts';

/** The run that a batch is written by. */
export interface WritingRun {
  readonly runId: number;
  readonly chargeVersion: number;
  /** By the batches' QoS codes. */
  readonly qosIds: readonly number[];
  readonly qosFactors: readonly number[];
}

/**
 * Writes parsed chunks, each in one transaction: its jobs with their charges, its rejects, the days it
 * touched, and how far its file has been read. After a crash the ledger is as of the last chunk.
 */
export class BatchWriter {
  readonly afterFailure = 'What was committed before stays; run the same command again to go on.';
  readonly #db: Database.Database;
  readonly #run: WritingRun;
  readonly #names: readonly { readonly coded: number; readonly ids: NameIds }[];
  readonly #jobs: JobRows;
  readonly #charges: ChargeRows;
  readonly #files: SourceFiles;
  readonly #rejects: RejectRows;
  readonly #markStale: Database.Statement<[string]>;

  constructor(db: Database.Database, run: WritingRun) {
    this.#db = db;
    this.#run = run;
    this.#names = LOOKUP_TABLES.map(({ coded, table, column }) => ({
      coded,
      ids: new NameIds(db, table, column),
    }));
    this.#jobs = new JobRows(db);
    this.#charges = new ChargeRows(db);
    this.#files = new SourceFiles(db);
    this.#rejects = new RejectRows(db);
    this.#markStale = db.prepare('INSERT INTO stale_days (date) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** @param firstLine the number of the chunk's first line in its file, from 1. */
  commit(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): CommitCounts {
    return this.#db.transaction(() => this.#write(chunk, place, firstLine)).immediate();
  }

  /**
   * Inserts the jobs of a batch that are not there yet, with their charges.
   * @returns how many they are.
   */
  insertJobs(batch: JobBatch, fileId: number, firstLine: number): number {
    return this.#db.transaction(() => this.#insert(batch, fileId, firstLine)).immediate();
  }

  #write(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): CommitCounts {
    const { batch, rejects, lines, skippedLines } = chunk;
    const jobs = this.#insert(batch, place.fileId, firstLine);
    this.#rejects.insert(rejects, place, firstLine, this.#run.runId);
    const counts = { jobs, duplicates: batch.rows - jobs, rejects: rejects.length };
    this.#files.advance(place.fileId, place.endOffset, { lines, skippedLines, ...counts });
    return counts;
  }

  #insert(batch: JobBatch, fileId: number, firstLine: number): number {
    numberLines(batch, firstLine);
    const nameIds = new Map(
      this.#names.map(({ coded, ids }) => [coded, batch.tables[coded].map((name) => ids.id(name))]),
    );
    const { qosIds, qosFactors, runId, chargeVersion } = this.#run;
    const rowIds = this.#jobs.insert(batch, { nameIds, qosIds, runId, fileId });
    this.#charges.insert(batch, rowIds, qosFactors, chargeVersion);
    for (const { coded, ids } of this.#names) {
      if (ids.hasNewNames) ids.keepOnly(usedIds(batch, rowIds, coded, nameIds.get(coded) ?? []));
    }
    return this.#markTouchedDays(batch, rowIds);
  }

  /** @returns the number of new jobs. */
  #markTouchedDays(batch: JobBatch, rowIds: Float64Array): number {
    const days = new Set<number>();
    let jobs = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (rowIds[row] === 0) continue;
      jobs++;
      days.add(batch.endDays[row]);
    }
    for (const day of days) this.#markStale.run(formatLocalDay(day));
    return jobs;
  }
}

function numberLines({ numbers, capacity, rows }: JobBatch, firstLine: number): void {
  const lines = numbers.subarray(NUMBER.line * capacity, NUMBER.line * capacity + rows);
  for (let row = 0; row < rows; row++) lines[row] += firstLine;
}

function usedIds(
  { codes, capacity, rows }: JobBatch,
  rowIds: Float64Array,
  coded: number,
  ids: readonly number[],
): Set<number> {
  const used = new Set<number>();
  for (let row = 0; row < rows; row++) {
    if (rowIds[row] !== 0) used.add(ids[codes[coded * capacity + row]]);
  }
  return used;
}
