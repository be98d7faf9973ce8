interface Entry<T> {
  readonly thing: T;
  readonly second: number;
  readonly order: number;
}

/** A min-heap of things by the second in which each is due: what is still to come at one moment. */
export class TimeOrderedHeap<T> {
  readonly #heap: Entry<T>[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** @param order decides between things of the same second, so that it never depends on the heap. */
  push(thing: T, second: number, order: number): void {
    const heap = this.#heap;
    const entry = { thing, second, order };
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

  /** Takes out the thing that is due first, if it is due by that second. */
  popDueBy(second: number): T | undefined {
    const heap = this.#heap;
    const first = heap[0];
    if (first === undefined || first.second > second) return undefined;
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first.thing;
  }

  #sink(entry: Entry<T>): void {
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

function isBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.second < other.second || (one.second === other.second && one.order < other.order);
}
