import type { SyntheticJob } from './synthetic-job.ts';

interface Entry {
  readonly job: SyntheticJob;
  /** Decides between jobs that end in the same second, so that the order never depends on the heap. */
  readonly order: number;
}

/** A min-heap of jobs by end: the jobs that are queued or running at one moment of the history. */
export class JobsByEnd {
  readonly #heap: Entry[] = [];
  #pushed = 0;

  get size(): number {
    return this.#heap.length;
  }

  push(job: SyntheticJob): void {
    const heap = this.#heap;
    const entry = { job, order: this.#pushed++ };
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(entry, heap[parent])) break;
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = entry;
  }

  /** Takes out the job that ends first, if it ends by that second. */
  popEndedBy(second: number): SyntheticJob | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.job.end > second) return undefined;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first.job;
  }

  #sink(entry: Entry): void {
    const heap = this.#heap;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], entry)) break;
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = entry;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.job.end < other.job.end || (one.job.end === other.job.end && one.order < other.order);
}
