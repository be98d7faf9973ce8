import type Database from 'better-sqlite3';
import { openBuildingFile } from '../src/ledger/sqlite/bulk/building-file.ts';
import type { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { createSchema } from '../src/ledger/sqlite/open-ledger.ts';
import { RejectRows } from '../src/ledger/sqlite/reject-rows.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import type { ChunkSink } from './load-file.ts';

/**
 * Takes parsed chunks into a bulk load: their rows go back to the workers to be encoded, their rejects wait
 * in a file of their own until the ledger can be opened.
 */
export class BulkSink implements ChunkSink {
  readonly afterFailure = 'Nothing was put into service; run the same command again.';
  readonly #bulk: BulkLoad;
  readonly #workers: WorkerPool;
  readonly #runId: number;
  readonly #rejectsPath: string;
  readonly #encodings: BoundedWork;
  #rejects: Database.Database | undefined;

  constructor(bulk: BulkLoad, workers: WorkerPool, runId: number, rejectsPath: string) {
    this.#bulk = bulk;
    this.#workers = workers;
    this.#runId = runId;
    this.#rejectsPath = rejectsPath;
    this.#encodings = new BoundedWork({ concurrency: workers.inFlight, mostWaiting: 0 });
  }

  async commit(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): Promise<CommitCounts> {
    this.#keepRejects(chunk, place, firstLine);
    const taken = this.#bulk.take(chunk, place, firstLine);
    await this.#encodings.add(async () => {
      this.#bulk.accept(taken, await this.#workers.encodeBatch(taken.encoding));
    });
    return taken.counts;
  }

  /** Waits until all rows stand in the file. */
  settled(): Promise<void> {
    return this.#encodings.settled();
  }

  /** Moves the rejects into the ledger. */
  storeRejects(db: Database.Database): void {
    if (this.#rejects === undefined) return;
    this.#rejects.close();
    db.prepare('ATTACH ? AS kept').run(this.#rejectsPath);
    db.exec('INSERT INTO rejects SELECT * FROM kept.rejects; DETACH kept');
  }

  [Symbol.dispose](): void {
    this.#rejects?.close();
  }

  #keepRejects({ rejects }: ParsedChunk, place: ChunkPlace, firstLine: number): void {
    if (rejects.length === 0) return;
    if (this.#rejects === undefined) {
      this.#rejects = openBuildingFile(this.#rejectsPath);
      createSchema(this.#rejects);
    }
    const db = this.#rejects;
    db.transaction(() => new RejectRows(db).insert(rejects, place, firstLine, this.#runId))();
  }
}
