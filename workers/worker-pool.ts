import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { batchBuffers } from '../src/job/job-batch.ts';
import type {
  CompareHoursResult,
  CompareHoursTask,
  EncodeBatchResult,
  EncodeBatchTask,
  QuickCheckResult,
  QuickCheckTask,
  ReadChunkResult,
  ReadChunkTask,
  ReadOldRowsTask,
  RechargeRangeResult,
  RechargeRangeTask,
  WorkerSettings,
  WriteIndexTask,
  WriteUniqueIndexTask,
} from './messages.ts';

export interface WorkerPoolOptions {
  /** Threads that work; one for each core by default. */
  readonly threads?: number;
  /** The module that reads chunks. */
  readonly workerFile?: URL;
  /** What a thread loads at its start; other work is loaded when it comes. */
  readonly firstWork?: 'read-chunk' | 'recharge-range';
}

/**
 * Readers of chunks hold typed arrays and few objects; a larger young generation only delays their collection.
 * Rows of a ledger come as objects that die young, and in a larger one more of them are dead when it is full.
 */
const YOUNG_GENERATION_MB = { 'read-chunk': 6, 'recharge-range': 48 };

/** The threads that read, charge and encode. What is handed to them is moved, not copied, and gone here. */
export class WorkerPool {
  readonly #pool: Piscina;
  readonly #readChunk: string;
  /** Chunks that may be under way at once; more would only wait in memory. */
  readonly inFlight: number;

  constructor(settings: WorkerSettings, options: WorkerPoolOptions = {}) {
    const { threads = availableParallelism(), firstWork = 'read-chunk' } = options;
    this.#readChunk = fileURLToPath(options.workerFile ?? entryPoint('read-chunk'));
    this.#pool = new Piscina({
      filename: firstWork === 'read-chunk' ? this.#readChunk : fileURLToPath(entryPoint(firstWork)),
      minThreads: 1,
      maxThreads: threads,
      // A second task waits at the thread itself, so that it need not wait for the main thread.
      concurrentTasksPerWorker: 2,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB[firstWork] },
      env: workerEnvironment(),
    });
    this.inFlight = threads * 2;
  }

  /** The bytes of the chunk come back with the batch. */
  readChunk(task: ReadChunkTask): Promise<ReadChunkResult> {
    return this.#pool.run(task, {
      filename: this.#readChunk,
      transferList: [task.chunk.buffer],
    });
  }

  readOldRows(task: ReadOldRowsTask): Promise<ReadChunkResult> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('read-old-rows')) });
  }

  compareHours(task: CompareHoursTask): Promise<CompareHoursResult> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('compare-hours')) });
  }

  /** The batch is used up. */
  encodeBatch(task: EncodeBatchTask): Promise<EncodeBatchResult> {
    return this.#pool.run(task, {
      filename: fileURLToPath(entryPoint('encode-batch')),
      transferList: batchBuffers(task.batch),
    });
  }

  writeIndex(task: WriteIndexTask): Promise<void> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('write-index')) });
  }

  writeUniqueIndex(task: WriteUniqueIndexTask): Promise<void> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('write-unique-index')) });
  }

  quickCheck(task: QuickCheckTask): Promise<QuickCheckResult> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('quick-check')) });
  }

  rechargeRange(task: RechargeRangeTask): Promise<RechargeRangeResult> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('recharge-range')) });
  }

  close(): Promise<void> {
    // A thread may answer while it is being stopped, which Piscina takes for a fault and nobody waits for.
    this.#pool.on('error', () => {});
    return this.#pool.destroy();
  }
}

/** A thread looks for the cache of compiled modules, if there is one, only in its environment. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
}

/** In the checkout a TypeScript file, in the published package the JavaScript that was made of it. */
function entryPoint(name: string): URL {
  const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return new URL(`./${name}${extension}`, import.meta.url);
}
