import type { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import type { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { RejectRows } from '../src/ledger/sqlite/reject-rows.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import type { ChunkSink } from './load-file.ts';

/**
 * Takes parsed chunks into a bulk load: their rows go back to the workers to be encoded; their rejects wait
 * aside until the ledger can be opened.
 */
export class BulkSink implements ChunkSink {
  readonly afterFailure = 'Nothing was put into service; run the same command again.';
  readonly #bulk: BulkLoad;
  readonly #side: SideStore;
  readonly #workers: WorkerPool;
  readonly #runId: number;
  readonly #rejects: RejectRows;
  readonly #encodings: BoundedWork;

  constructor(bulk: BulkLoad, side: SideStore, workers: WorkerPool, runId: number) {
    this.#bulk = bulk;
    this.#side = side;
    this.#workers = workers;
    this.#runId = runId;
    this.#rejects = new RejectRows(side.db);
    this.#encodings = new BoundedWork({ concurrency: workers.inFlight / 2, mostWaiting: 0 });
  }

  async commit(chunk: ParsedChunk, place: ChunkPlace, firstLine: number): Promise<CommitCounts> {
    const { rejects } = chunk;
    if (rejects.length > 0) {
      const keep = (): void => this.#rejects.insert(rejects, place, firstLine, this.#runId);
      this.#side.db.transaction(keep)();
    }
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
}
