import { compareEntries } from './entry-block.ts';
import type { EntryRunsShare } from './entry-runs.ts';
import { RunCursor } from './run-cursor.ts';

/**
 * Visits the entries of all runs in order.
 *
 * Jobs come almost in the order of their ids, so most runs wait far down in the heap for their turn, and the
 * first run stays the first for many entries, which are compared with those of the second only.
 */
export function mergeRuns(runs: EntryRunsShare, visit: (entry: RunCursor) => void): void {
  const heap = cursorsOf(runs);
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
  while (heap.length > 0) {
    const [first] = heap;
    const second = secondOf(heap);
    let hasMore: boolean;
    do {
      visit(first);
      hasMore = first.advance();
    } while (hasMore && (second === undefined || isBefore(first, second)));
    if (!hasMore) {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
    }
    sink(heap, 0);
  }
}

function cursorsOf({ fd, ends }: EntryRunsShare): RunCursor[] {
  const cursors: RunCursor[] = [];
  let start = 0;
  for (const end of ends) {
    const cursor = new RunCursor(fd, start, end);
    if (cursor.advance()) cursors.push(cursor);
    start = end;
  }
  return cursors;
}

/** @returns what comes first after the first, if there is one. */
function secondOf(heap: readonly RunCursor[]): RunCursor | undefined {
  if (heap.length < 3) return heap.at(1);
  return isBefore(heap[2], heap[1]) ? heap[2] : heap[1];
}

/** Moves a cursor down the heap until none below it comes first. */
function sink(heap: RunCursor[], from: number): void {
  const cursor = heap[from];
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && isBefore(heap[below + 1], heap[below])) below++;
    if (!isBefore(heap[below], cursor)) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = cursor;
}

function isBefore(a: RunCursor, b: RunCursor): boolean {
  return compareEntries(a.block, a.at, b.block, b.at) < 0;
}
