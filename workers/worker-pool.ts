import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import PQueue from 'p-queue';
import { Piscina } from 'piscina';
import { compileKernel } from '../src/kernel/kernel.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';
import type {
  CompareHoursResult,
  CompareHoursTask,
  EncodeBatchResult,
  HeldBatchIds,
  HeldLines,
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

/** A chunk whose jobs wait in the thread that has read them. */
export interface HeldChunk extends HeldLines {
  /** Gives the jobs their ids; their thread writes them to the file, and forgets them. */
  encode(ids: HeldBatchIds): Promise<EncodeBatchResult>;
}

export interface WorkerPoolOptions {
  /** Threads that work; one for each core by default. */
  readonly threads?: number;
  /** Those that are started at once; others are when there is work for them. */
  readonly startedThreads?: number;
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

/** A second task waits at the thread itself, so that it need not wait for the main thread. */
const TASKS_PER_THREAD = 2;

/** The threads that read, charge and encode. What is handed to them is moved, not copied, and gone here. */
export class WorkerPool {
  readonly #pool: Piscina;
  readonly #readChunk: string;
  readonly #held: PQueue;
  /** What all threads have. */
  readonly kernel: WebAssembly.Module;
  /** Chunks that may be under way at once; more would only wait in memory. */
  readonly inFlight: number;

  constructor(settings: ReadingSettings, options: WorkerPoolOptions = {}) {
    const { threads = availableParallelism(), startedThreads = 1 } = options;
    const { firstWork = 'read-chunk' } = options;
    this.kernel = compileKernel();
    this.#readChunk = fileURLToPath(options.workerFile ?? entryPoint('read-chunk'));
    this.#pool = new Piscina({
      filename: firstWork === 'read-chunk' ? this.#readChunk : fileURLToPath(entryPoint(firstWork)),
      minThreads: Math.min(startedThreads, threads),
      maxThreads: threads,
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      recordTiming: false,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: { ...settings, kernel: this.kernel } satisfies WorkerSettings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB[firstWork] },
      env: workerEnvironment(),
    });
    this.inFlight = threads * TASKS_PER_THREAD;
    this.#held = new PQueue({ concurrency: this.inFlight });
  }

  /** Tasks that the threads which have been started take at once: one more would start another. */
  get startedInFlight(): number {
    return this.startedThreads * TASKS_PER_THREAD;
  }

  get startedThreads(): number {
    return this.#pool.threads.length;
  }

  readChunk(task: ReadChunkTask): Promise<ReadChunkResult> {
    return this.#pool.run(task, {
      filename: this.#readChunk,
      transferList: [task.chunk.buffer],
    });
  }

  /** The same, but the jobs stay in their thread. */
  holdChunk(task: ReadChunkTask): Promise<HeldChunk> {
    return this.#hold((mainThread) =>
      this.#pool.run(
        { ...task, mainThread },
        { filename: this.#readChunk, transferList: [task.chunk.buffer, mainThread] },
      ),
    );
  }

  holdOldRows(task: Omit<ReadOldRowsTask, 'mainThread'>): Promise<HeldChunk> {
    return this.#hold((mainThread) =>
      this.#pool.run(
        { ...task, mainThread },
        { filename: fileURLToPath(entryPoint('read-old-rows')), transferList: [mainThread] },
      ),
    );
  }

  compareHours(task: CompareHoursTask): Promise<CompareHoursResult> {
    return this.#pool.run(task, { filename: fileURLToPath(entryPoint('compare-hours')) });
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

  /**
   * Runs a task that tells what it has read, goes on when it is answered, and tells the result. Jobs get their
   * ids in the order of the chunks, so no thread may be full of chunks that wait for one that has no thread: the
   * pool does not begin tasks in their order where some of them have to wait.
   */
  #hold(run: (there: MessagePort) => Promise<void>): Promise<HeldChunk> {
    return new Promise((resolve, reject) => {
      const held = this.#held.add(async () => {
        const { port1: here, port2: there } = new MessageChannel();
        try {
          const encoded = run(there).then(() => resultOn(here));
          here.once('message', (lines: HeldLines) => {
            const encode = (ids: HeldBatchIds): Promise<EncodeBatchResult> => {
              here.postMessage(ids);
              return encoded;
            };
            resolve({ ...lines, encode });
          });
          await encoded;
        } finally {
          here.close();
        }
      });
      // Once it has told, neither changes anything: of a later failure hears who has the jobs encoded.
      held.then(() => {
        reject(new Error('a thread has ended a chunk without telling what it read'));
      }, reject);
    });
  }

  close(): Promise<void> {
    // A thread may answer while it is being stopped, which Piscina takes for a fault and nobody waits for.
    this.#pool.on('error', () => {});
    return this.#pool.destroy();
  }
}

/** What a task has told last, now that it has ended; only the first message was listened to. */
function resultOn(here: MessagePort): EncodeBatchResult {
  const last: { message: EncodeBatchResult } | undefined = receiveMessageOnPort(here);
  if (last !== undefined) return last.message;
  throw new Error('a thread has ended a chunk without telling what became of it');
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
