import type Database from 'better-sqlite3';
import type { Qos } from '../../charging/compile-charging.ts';
import { CODED, type JobBatch, NUMBER } from '../../job/job-batch.ts';
import { formatLocalDay } from '../../site/local-day.ts';
import type { ParsedChunk } from '../../sources/parsed-chunk.ts';
import { ChargeRows } from './charge-rows.ts';
import { JobRows } from './job-rows.ts';
import { NameIds } from './name-ids.ts';
import { SourceFiles } from './source-files.ts';

/** The run that a batch is written by. */
export interface WritingRun {
  readonly runId: number;
  readonly chargeVersion: number;
  /** The machine's QoS, in the order of the batches' QoS codes. */
  readonly qos: readonly Qos[];
}

/** Where a chunk stands in its file. */
export interface ChunkPlace {
  readonly fileId: number;
  readonly byteOffset: number;
  readonly endOffset: number;
}

export interface CommitCounts {
  readonly jobs: number;
  readonly duplicates: number;
  readonly rejects: number;
}

/**
 * Writes parsed chunks, each in one transaction: its jobs with their charges, its rejects, the days it
 * touched, and how far its file has been read. After a crash the ledger is as of the last chunk.
 */
export class BatchWriter {
  readonly #db: Database.Database;
  readonly #run: WritingRun;
  readonly #users: NameIds;
  readonly #accounts: NameIds;
  readonly #queues: NameIds;
  readonly #qosIds: readonly number[];
  readonly #qosFactors: readonly number[];
  readonly #jobs: JobRows;
  readonly #charges: ChargeRows;
  readonly #files: SourceFiles;
  readonly #insertReject: Database.Statement<[Record<string, string | number>]>;
  readonly #markStale: Database.Statement<[string]>;

  constructor(db: Database.Database, run: WritingRun) {
    this.#db = db;
    this.#run = run;
    this.#users = new NameIds(db, 'users', 'username');
    this.#accounts = new NameIds(db, 'accounts', 'account_name');
    this.#queues = new NameIds(db, 'queues', 'queue_name');
    this.#qosIds = storeQos(db, run.qos);
    this.#qosFactors = run.qos.map(({ factor }) => factor);
    this.#jobs = new JobRows(db);
    this.#charges = new ChargeRows(db);
    this.#files = new SourceFiles(db);
    // A file that is read again meets its old rejects; the latest run's reading of a line counts.
    this.#insertReject = db.prepare(
      `INSERT INTO rejects (run_id, file_id, line, byte_offset, code, reason, raw_text)
       VALUES (@runId, @fileId, @line, @byteOffset, @code, @reason, @rawText)
       ON CONFLICT (file_id, byte_offset) DO UPDATE SET
         run_id = excluded.run_id, line = excluded.line, code = excluded.code,
         reason = excluded.reason, raw_text = excluded.raw_text`,
    );
    this.#markStale = db.prepare('INSERT INTO stale_days (date) VALUES (?) ON CONFLICT DO NOTHING');
  }

  /** @param firstLine the number of the chunk's first line in its file, from 1. */
  commit(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): CommitCounts {
    return this.#db.transaction(() => this.#write(chunk, place, firstLine)).immediate();
  }

  #write(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): CommitCounts {
    const { batch } = chunk;
    numberLines(batch, firstLine);
    const rowIds = this.#jobs.insert(batch, {
      nameIds: new Map([
        [CODED.user, batch.tables[CODED.user].map((name) => this.#users.id(name))],
        [CODED.account, batch.tables[CODED.account].map((name) => this.#accounts.id(name))],
        [CODED.queue, batch.tables[CODED.queue].map((name) => this.#queues.id(name))],
      ]),
      qosIds: this.#qosIds,
      runId: this.#run.runId,
      fileId: place.fileId,
    });
    this.#charges.insert(batch, rowIds, this.#qosFactors, this.#run.chargeVersion);
    const jobs = this.#markTouchedDays(batch, rowIds);
    for (const { line, byteOffset, code, reason, rawText } of chunk.rejects) {
      this.#insertReject.run({
        runId: this.#run.runId,
        fileId: place.fileId,
        line: firstLine + line,
        byteOffset: place.byteOffset + byteOffset,
        code,
        reason,
        rawText,
      });
    }
    const counts = { jobs, duplicates: batch.rows - jobs, rejects: chunk.rejects.length };
    this.#files.advance(place, chunk, counts);
    return counts;
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

function storeQos(db: Database.Database, qos: readonly Qos[]): number[] {
  const upsert = db
    .prepare<[string, number], number>(
      `INSERT INTO job_qos (name, factor) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET factor = excluded.factor RETURNING id`,
    )
    .pluck();
  return db
    .transaction(() => qos.map(({ name, factor }) => Number(upsert.get(name, factor))))
    .immediate();
}
