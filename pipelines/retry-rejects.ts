import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { type JobBatch, NUMBER } from '../src/job/job-batch.ts';
import { BatchWriter } from '../src/ledger/sqlite/batch-writer.ts';
import type { RulesChange } from '../src/ledger/sqlite/charge-versions.ts';
import { asFailure } from '../src/ledger/sqlite/failure.ts';
import type { LockHolder } from '../src/ledger/sqlite/lock-file.ts';
import { closeLedger, openForReading, openForWriting } from '../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../src/ledger/sqlite/refresh-stale.ts';
import { type InterruptedRun, Runs } from '../src/ledger/sqlite/runs.ts';
import { analyseOnce } from '../src/ledger/sqlite/statistics.ts';
import { acquireWriterLock } from '../src/ledger/sqlite/writer-lock.ts';
import type { Machine } from '../src/site/machine.ts';
import { ZoneClock } from '../src/site/zone-clock.ts';
import { zoneTable } from '../src/site/zone-table.ts';
import { formatOf, type ReadAs } from '../src/sources/format-of.ts';
import { compileContext, type ReadingContext } from '../src/sources/reading-context.ts';
import { RAW_TEXT_LIMIT } from '../src/sources/reject.ts';
import {
  type ChunkReader,
  chunkReader,
  FORMAT_NAMES,
  type SourceFormat,
} from '../src/sources/source-format.ts';
import { beginRun } from './begin-run.ts';
import { Interruption } from './interruption.ts';
import { OLD_DATABASE } from './load-old-database.ts';
import { noteFailure } from './note-failure.ts';

export interface RetryRequest {
  readonly ledgerPath: string;
  readonly machine: Machine;
  readonly readAs: ReadAs;
  readonly sourceZone?: string;
  /** Only the rejects of this code. */
  readonly code?: string;
  readonly waitSeconds: number;
  /** Told of the other writer when a wait begins. */
  readonly onWait?: (holder: LockHolder) => void;
  /** Aborted with an Interruption where the run must end. */
  readonly signal?: AbortSignal;
  readonly version: string;
  /** How many are read in one go and committed together. */
  readonly rejectsAtOnce?: number;
}

export interface RetryResult {
  readonly runId: number;
  readonly tried: number;
  /** Rejects that are jobs now, of which some were in the ledger already. */
  readonly jobs: number;
  readonly duplicates: number;
  /** Rejects that stay what they are, with the reason that holds now. */
  readonly rejects: number;
  /** Rejects whose text was cut when it was kept, so that it can't be read. */
  readonly cut: number;
  readonly days: readonly string[];
  /** Runs before this one that never ended. */
  readonly interrupted: readonly InterruptedRun[];
  /** Where runs before charged by other rules. */
  readonly rulesChange: RulesChange | undefined;
}

interface RejectedText {
  readonly id: number;
  readonly line: number;
  readonly rawText: string;
}

interface RejectedFile {
  readonly id: number;
  readonly path: string;
  readonly formatName: string;
  readonly header: string | null;
}

const REJECTS_AT_ONCE = 5000;

/**
 * Reads rejected texts again, as after the configuration was put right or with a qledger that reads better.
 * What is a job now goes into the ledger, with the file and line that it came from, and is a reject no more.
 * @throws LedgerError where the ledger is not there, can't be written, or another process is writing it.
 * @throws Interruption between two commits.
 */
export async function retryRejects(request: RetryRequest): Promise<RetryResult> {
  const { ledgerPath, machine, waitSeconds, onWait, signal } = request;
  // A ledger that is not there has no rejects, and must not be made by asking for them.
  closeLedger(openForReading(ledgerPath));
  using _lock = await acquireWriterLock(ledgerPath, {
    command: 'rejects retry',
    waitSeconds,
    ...(onWait === undefined ? {} : { onWait }),
    ...(signal === undefined ? {} : { signal }),
  });
  const db = openForWriting(ledgerPath);
  const runs = new Runs(db);
  let runId: number | undefined;
  let result: RetryResult;
  try {
    const siteZone = zoneTable(machine.timeZone);
    const sourceZone = request.sourceZone === undefined ? siteZone : zoneTable(request.sourceZone);
    const context = compileContext({ machine, siteZone, sourceZone });
    const begun = { machine, version: request.version, ledgerPath, files: [] };
    const { run, interrupted, rulesChange } = beginRun(
      db,
      { request: begun, siteZone },
      'rejects retry',
    );
    runId = run.runId;
    const retry = new Retry(db, new BatchWriter(db, run), context, request);
    await retry.all();
    const days = refreshStale(db, new ZoneClock(siteZone));
    if (days.length > 0) analyseOnce(db);
    runs.complete(run.runId);
    result = { runId: run.runId, ...retry.counts, days, interrupted, rulesChange };
  } catch (cause) {
    noteFailure(runs, runId, cause, () => closeLedger(db));
    throw asFailure(cause, ledgerPath);
  }
  closeLedger(db);
  return result;
}

class Retry {
  readonly counts = { tried: 0, jobs: 0, duplicates: 0, rejects: 0, cut: 0 };
  readonly #db: Database.Database;
  readonly #writer: BatchWriter;
  readonly #context: ReadingContext;
  readonly #request: RetryRequest;

  constructor(
    db: Database.Database,
    writer: BatchWriter,
    context: ReadingContext,
    request: RetryRequest,
  ) {
    this.#db = db;
    this.#writer = writer;
    this.#context = context;
    this.#request = request;
  }

  async all(): Promise<void> {
    const files = this.#db
      .prepare<[], RejectedFile>(
        `SELECT id, path, format AS formatName, header FROM source_files
         WHERE id IN (SELECT file_id FROM rejects) ORDER BY id`,
      )
      .all();
    for (const file of files) await this.#file(file);
  }

  async #file(file: RejectedFile): Promise<void> {
    const { readAs, code = '', rejectsAtOnce = REJECTS_AT_ONCE, signal } = this.#request;
    if (file.formatName === OLD_DATABASE) {
      this.#leave(file.id, code);
      return;
    }
    const read = await chunkReader(formatOfKept(file, readAs));
    const next = this.#db.prepare<[number, number, string, string, number], RejectedText>(
      `SELECT id, line, raw_text AS rawText FROM rejects
       WHERE file_id = ? AND id > ? AND (? = '' OR code = ?) ORDER BY id LIMIT ?`,
    );
    let after = 0;
    for (;;) {
      const rejects = next.all(file.id, after, code, code, rejectsAtOnce);
      if (rejects.length === 0) return;
      // A signal is heard only where the process has a moment for it.
      await nextTurn();
      Interruption.throwIfAborted(signal);
      after = rejects[rejects.length - 1].id;
      this.#db.transaction(() => this.#some(file.id, read, rejects)).immediate();
    }
  }

  /** The rows of an old database are mended there; a migration makes a new ledger of them. */
  #leave(fileId: number, code: string): void {
    const count = this.#db
      .prepare<[number, string, string], number>(
        "SELECT count(*) FROM rejects WHERE file_id = ? AND (? = '' OR code = ?)",
      )
      .pluck()
      .get(fileId, code, code);
    this.counts.tried += count ?? 0;
    this.counts.rejects += count ?? 0;
  }

  #some(fileId: number, read: ChunkReader, rejects: readonly RejectedText[]): void {
    const whole = rejects.filter(({ rawText }) => Buffer.byteLength(rawText) < RAW_TEXT_LIMIT);
    this.counts.tried += rejects.length;
    this.counts.cut += rejects.length - whole.length;
    const remove = this.#db.prepare<[number]>('DELETE FROM rejects WHERE id = ?');
    const update = this.#db.prepare<[string, string, number]>(
      'UPDATE rejects SET code = ?, reason = ? WHERE id = ?',
    );
    // Each text by itself, so that none can spoil the reading of the next.
    for (const { id, line, rawText } of whole) {
      const parsed = read(Uint8Array.from(Buffer.from(`${rawText}\n`)), this.#context);
      const [reject] = parsed.rejects;
      if (reject !== undefined || parsed.batch.rows === 0) {
        this.counts.rejects++;
        if (reject !== undefined) update.run(reject.code, reject.reason, id);
        continue;
      }
      setLines(parsed.batch, line);
      const { jobs } = this.#writer.writeJobs(parsed.batch, fileId, 0);
      this.counts.jobs += jobs;
      this.counts.duplicates += parsed.batch.rows - jobs;
      remove.run(id);
    }
  }
}

/** The format that a file was read in, by what the journal keeps of it. */
function formatOfKept({ path, formatName, header }: RejectedFile, readAs: ReadAs): SourceFormat {
  const format = FORMAT_NAMES.find((name) => name === formatName);
  if (format === undefined) throw new Error(`${path}: the journal knows it as ${formatName}`);
  const { fields, ...others } = readAs;
  const asKept = header === null && fields !== undefined ? readAs : others;
  return formatOf(path, Buffer.from(`${header ?? ''}\n`), { ...asKept, format }).format;
}

function setLines({ numbers, capacity, rows }: JobBatch, line: number): void {
  numbers.fill(line, NUMBER.line * capacity, NUMBER.line * capacity + rows);
}
