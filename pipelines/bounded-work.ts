import PQueue from 'p-queue';

/**
 * Tasks that run a few at a time, in the order in which they are added; who adds one too many waits.
 * After a failure nothing that waits is begun, and whoever waits next is told.
 */
export class BoundedWork {
  readonly #queue: PQueue;
  readonly #mostWaiting: number;
  #failure: { readonly cause: unknown } | undefined;

  /** @param mostWaiting tasks that may wait besides those that run. */
  constructor({ concurrency, mostWaiting }: { concurrency: number; mostWaiting: number }) {
    this.#queue = new PQueue({ concurrency });
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Adds a task and waits for room for the next one.
   * @throws what an earlier task has failed with.
   */
  async add(task: () => Promise<void>): Promise<void> {
    void this.#queue.add(() => this.#run(task));
    await this.#queue.onSizeLessThan(this.#mostWaiting + 1);
    this.#throwFailure();
  }

  /**
   * Waits until all tasks are done.
   * @throws what the first failed one has failed with.
   */
  async settled(): Promise<void> {
    await this.#queue.onIdle();
    this.#throwFailure();
  }

  /** Begins nothing that waits, and lets what runs come to its end. */
  async abandon(): Promise<void> {
    this.#failure ??= { cause: new Error('abandoned') };
    await this.#queue.onIdle();
  }

  async #run(task: () => Promise<void>): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await task();
    } catch (cause) {
      this.#failure ??= { cause };
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.cause;
  }
}
