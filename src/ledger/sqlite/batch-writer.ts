import type Database from 'better-sqlite3';
import type { Charging } from '../../charging/compile-charging.ts';
import { type JobBatch, NUMBER } from '../../job/job-batch.ts';
import { formatLocalDay } from '../../site/local-day.ts';
import type { ZoneClock } from '../../site/zone-clock.ts';
import type { ParsedChunk } from '../../sources/parsed-chunk.ts';
import { ChargeRows } from './charge-rows.ts';
import type { ChunkPlace, CommitCounts } from './chunk-place.ts';
import { StaleSegments } from './facts/stale-segments.ts';
import type { HardwareDefaults } from './job-merge.ts';
import { appendRow, BatchTexts, JobRows, type RowIds, type Value } from './job-rows.ts';
import { JobUpdates } from './job-updates.ts';
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
  readonly updating?: Updating;
}

/** How known jobs take the values of newer records; without it they all stay as they are. */
export interface Updating {
  readonly charging: Charging;
  readonly hardware: HardwareDefaults;
  readonly clock: ZoneClock;
  /** Or only those whose own line was read before without its end. */
  readonly all: boolean;
}

/** What the jobs of a batch have become; those that are in neither were known and stay as they are. */
export interface WrittenJobs {
  readonly jobs: number;
  readonly updated: number;
}

/**
 * Writes parsed chunks, each in one transaction: its jobs with their charges, its rejects, the days it
 * touched, and how far its file has been read. After a crash the ledger is as of the last chunk.
 */
export class BatchWriter {
  readonly #db: Database.Database;
  readonly #run: WritingRun;
  readonly #names: readonly { readonly coded: number; readonly ids: NameIds }[];
  readonly #jobs: JobRows;
  readonly #charges: ChargeRows;
  readonly #updates: JobUpdates | undefined;
  readonly #files: SourceFiles;
  readonly #rejects: RejectRows;
  readonly #markStale: Database.Statement<[string]>;
  readonly #staleSegments: StaleSegments;

  constructor(db: Database.Database, run: WritingRun) {
    this.#db = db;
    this.#run = run;
    this.#names = LOOKUP_TABLES.map(({ coded, table, column }) => ({
      coded,
      ids: new NameIds(db, table, column),
    }));
    this.#jobs = new JobRows(db);
    this.#charges = new ChargeRows(db);
    this.#updates = run.updating && new JobUpdates(db, { ...run, ...run.updating });
    this.#files = new SourceFiles(db);
    this.#rejects = new RejectRows(db);
    this.#markStale = db.prepare('INSERT INTO stale_days (date) VALUES (?) ON CONFLICT DO NOTHING');
    this.#staleSegments = new StaleSegments(db);
  }

  commit(chunk: ParsedChunk, place: ChunkPlace): CommitCounts {
    return this.#db.transaction(() => this.#write(chunk, place)).immediate();
  }

  /** Inserts the jobs of a batch that are not there yet, with their charges, and updates others if told to. */
  writeJobs(batch: JobBatch, fileId: number, firstLine: number): WrittenJobs {
    return this.#db.transaction(() => this.#writeJobs(batch, { fileId, firstLine })).immediate();
  }

  #write(chunk: ParsedChunk, place: ChunkPlace): CommitCounts {
    const { batch, rejects, lines, skippedLines } = chunk;
    const { runId } = this.#run;
    const { fileId } = place;
    const { jobs, updated } = this.#writeJobs(batch, place);
    this.#rejects.insert(rejects, place, runId);
    const duplicates = batch.rows - jobs - updated;
    const counts = { jobs, duplicates, updated, rejects: rejects.length };
    this.#files.advance({ fileId, runId }, place, { lines, skippedLines, ...counts });
    return counts;
  }

  #writeJobs(
    batch: JobBatch,
    { fileId, firstLine, resumes = false }: Pick<ChunkPlace, 'fileId' | 'firstLine' | 'resumes'>,
  ): WrittenJobs {
    numberLines(batch, firstLine);
    const nameIds = new Map(
      this.#names.map(({ coded, ids }) => [coded, batch.tables[coded].map((name) => ids.id(name))]),
    );
    const { qosIds, qosFactors, runId, chargeVersion } = this.#run;
    const ids = { nameIds, qosIds, runId, fileId };
    const rowIds = this.#jobs.insert(batch, ids);
    this.#charges.insert(batch, rowIds, qosFactors, chargeVersion);
    const jobs = this.#markNewDays(batch, rowIds);
    const updated = this.#update(batch, ids, rowIds, resumes);
    this.#staleSegments.mark(rowIds);
    for (const { coded, ids } of this.#names) {
      if (ids.hasNewNames) ids.keepOnly(usedIds(batch, rowIds, coded, nameIds.get(coded) ?? []));
    }
    return { jobs, updated };
  }

  /** @returns the number of new jobs. */
  #markNewDays(batch: JobBatch, rowIds: Float64Array): number {
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

  /**
   * @param rowIds 0 for known jobs; filled in for those that are updated.
   * @returns how many they are.
   */
  #update(batch: JobBatch, ids: RowIds, rowIds: Float64Array, resumes: boolean): number {
    const { updating } = this.#run;
    if (this.#updates === undefined || updating === undefined) return 0;
    if (!updating.all && !resumes) return 0;
    const texts = new BatchTexts(batch);
    let updated = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (rowIds[row] !== 0) continue;
      const record: Value[] = [];
      appendRow(record, batch, texts, ids, row, 0);
      const job = this.#updates.update(record, !updating.all);
      if (job === null) continue;
      rowIds[row] = job.id;
      updated++;
      for (const end of [job.endBefore, job.endAfter]) {
        this.#markStale.run(formatLocalDay(updating.clock.localDay(end)));
      }
    }
    return updated;
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
