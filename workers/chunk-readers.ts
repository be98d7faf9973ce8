import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { ReadChunkResult, ReadChunkSettings, ReadChunkTask } from './messages.ts';

export interface ChunkReaderOptions {
  /** Threads that read chunks; one for each core by default. */
  readonly threads?: number;
  /** The module that a thread runs. */
  readonly workerFile?: URL;
}

/** The threads that turn chunks of raw history into batches of jobs. */
export class ChunkReaders {
  readonly #pool: Piscina<ReadChunkTask, ReadChunkResult>;
  /** Chunks that may be under way at once; more would only wait in memory. */
  readonly inFlight: number;

  constructor(settings: ReadChunkSettings, options: ChunkReaderOptions = {}) {
    const threads = options.threads ?? availableParallelism();
    this.#pool = new Piscina({
      filename: fileURLToPath(options.workerFile ?? entryPoint()),
      minThreads: 1,
      maxThreads: threads,
      // A second task waits at the thread itself, so that it need not wait for the main thread.
      concurrentTasksPerWorker: 2,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: settings,
    });
    this.inFlight = threads * 2;
  }

  /** Moves the chunk to a thread: its bytes are gone here until the batch brings them back. */
  read(task: ReadChunkTask): Promise<ReadChunkResult> {
    return this.#pool.run(task, { transferList: [task.chunk.buffer] });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** In the checkout a TypeScript file, in the published package the JavaScript that was made of it. */
function entryPoint(): URL {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return new URL(`./read-chunk${extension}`, import.meta.url);
}
