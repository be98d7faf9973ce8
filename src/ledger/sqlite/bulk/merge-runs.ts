import { compareEntries } from './entry-block.ts';
import type { EntryRunsShare } from './entry-runs.ts';
import { RunCursor } from './run-cursor.ts';

/**
 * Visits the entries of all runs in order.
 *
 * Jobs come almost in the order of their ids, so most runs wait far down in the heap for their turn, and an
 * entry sinks past few others.
 */
export function mergeRuns(runs: EntryRunsShare, visit: (entry: RunCursor) => void): void {
  const heap = cursorsOf(runs);
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) sink(heap, at);
  while (heap.length > 0) {
    const [first] = heap;
    visit(first);
    if (!first.advance()) {
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
