import { closeSync, openSync, rmSync, writeSync } from 'node:fs';

/** A file of runs of sorted entries, one after the other; plain data, for the thread that merges them. */
export interface EntryRunsShare {
  /** Descriptors belong to the process, not to a thread. */
  readonly fd: number;
  /** For each run the offset after it. */
  readonly ends: Float64Array<ArrayBuffer>;
}

/**
 * Keeps the entries of each batch, which are sorted, in a file beside the ledger until all are there to be
 * merged: in memory they would be 32 or 40 bytes a job.
 */
export class EntryRuns {
  readonly #path: string;
  readonly #fd: number;
  readonly #ends: number[] = [];
  #end = 0;
  #open = true;

  constructor(path: string) {
    this.#path = path;
    this.#fd = openSync(path, 'w+');
  }

  /** Takes a run; its memory is given back at once. */
  add(run: Uint8Array<ArrayBuffer>): void {
    for (let rest: Uint8Array = run; rest.length > 0; ) {
      const written = writeSync(this.#fd, rest, 0, rest.length, this.#end);
      this.#end += written;
      rest = rest.subarray(written);
    }
    this.#ends.push(this.#end);
    run.buffer.transfer(0);
  }

  share(): EntryRunsShare {
    return { fd: this.#fd, ends: Float64Array.from(this.#ends) };
  }

  /** Removes the file. */
  [Symbol.dispose](): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
    rmSync(this.#path, { force: true });
  }
}
