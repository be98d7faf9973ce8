import type { BulkLoad } from '../src/ledger/sqlite/bulk/bulk-load.ts';
import type { SideStore } from '../src/ledger/sqlite/bulk/side-store.ts';
import type { ChunkPlace, CommitCounts } from '../src/ledger/sqlite/chunk-place.ts';
import { RejectRows } from '../src/ledger/sqlite/reject-rows.ts';
import type { HeldChunk, WorkerPool } from '../workers/worker-pool.ts';
import { BoundedWork } from './bounded-work.ts';
import type { BegunFile, ChunkSink } from './load-files.ts';

/**
 * Takes chunks into a bulk load: their jobs get ids and are encoded by the threads that have read them; their
 * rejects, and jobs that may be duplicates, wait aside until the ledger can be opened.
 */
export class BulkSink implements ChunkSink<HeldChunk> {
  readonly afterFailure = 'Nothing was put into service; run the same command again.';
  readonly #bulk: BulkLoad;
  readonly #side: SideStore;
  readonly #runId: number;
  readonly #rejects: RejectRows;
  readonly #encodings: BoundedWork;
  #filesBegun = 0;

  constructor(
    bulk: BulkLoad,
    side: SideStore,
    workers: Pick<WorkerPool, 'inFlight'>,
    runId: number,
  ) {
    this.#bulk = bulk;
    this.#side = side;
    this.#runId = runId;
    this.#rejects = new RejectRows(side.db);
    this.#encodings = new BoundedWork({ concurrency: workers.inFlight / 2, mostWaiting: 0 });
  }

  /** Files are entered into the journal when the ledger can be opened, and then get these ids. */
  beginFile(_file: BegunFile): number {
    this.#filesBegun++;
    return this.#filesBegun;
  }

  async commit(
    chunk: HeldChunk,
    place: ChunkPlace,
    failed: (cause: unknown) => Error,
  ): Promise<CommitCounts> {
    const { rejects, keys } = chunk;
    if (rejects.length > 0) {
      const keep = (): void => this.#rejects.insert(rejects, place, this.#runId);
      this.#side.db.transaction(keep)();
    }
    const taken = this.#bulk.take(keys, place);
    await this.#encodings.add(async () => {
      try {
        const suspects = this.#bulk.accept(taken, await chunk.encode(taken.ids));
        for (const jobs of suspects) this.#side.keepSuspects(jobs);
      } catch (cause) {
        // It is told when the next chunk comes, or none.
        throw failed(cause);
      }
    });
    return { jobs: taken.jobs, duplicates: 0, updated: 0, rejects: rejects.length };
  }

  endFile(): void {}

  /** Waits until all rows stand in the file. */
  settled(): Promise<void> {
    return this.#encodings.settled();
  }
}
