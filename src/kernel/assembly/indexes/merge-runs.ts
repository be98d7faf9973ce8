import { ALL_PACKED, OUT_OF_ORDER, PAGES_FULL, RUN_SHORT } from '../packing-steps';
import { endLeaves } from './index-pages';
import {
  advance,
  beginCursor,
  CURSOR_BYTES,
  entryAt,
  entryBefore,
  HAS_ENDED,
  IS_SHORT,
  shortCursor,
} from './run-cursors';
import { entryComesBefore, packEntry } from './run-entries';

let cursors: usize = 0;
let cursorsEnd: usize = 0;
/** The cursor that is to find its first entry next. */
let unopened: usize = 0;
/** The cursors that have an entry, as a heap of addresses: the first entry of all is that of the first. */
let heap: usize = 0;
let heapCount: usize = 0;
/** The cursor whose entry comes after that of the first, or 0. */
let second: usize = 0;
/** The cursor whose entry was packed last, or 0, and whether it is still at it. */
let last: usize = 0;
let isPacked: bool = false;

/** Two entries that do not stand one after the other. */
export let earlierEntry: usize = 0;
export let laterEntry: usize = 0;

/**
 * @param cursorsAt room for 32 bytes for each run, which `addRun` adds.
 * @param heapAt room for 32 bits for each run.
 */
export function beginMerge(cursorsAt: usize, heapAt: usize): void {
  cursors = cursorsAt;
  cursorsEnd = cursorsAt;
  unopened = cursorsAt;
  heap = heapAt;
  heapCount = 0;
  second = 0;
  last = 0;
  isPacked = false;
}

/** @param block where so many bytes of the run can be at once. */
export function addRun(block: usize, capacity: usize, bytes: f64): void {
  beginCursor(cursorsEnd, block, capacity, bytes);
  cursorsEnd += CURSOR_BYTES;
}

/** The run that is to be read on, by its place among all. */
export function shortRun(): usize {
  return (shortCursor - cursors) / CURSOR_BYTES;
}

/**
 * Packs the entries of all runs in order.
 *
 * Jobs come almost in the order of their ids, so most runs wait far down in the heap for their turn, and the first
 * run stays the first for many entries, which are compared with those of the second only.
 * @returns a step of packing.
 */
export function packEntries(): i32 {
  if (!openRuns()) return RUN_SHORT;
  while (heapCount > 0) {
    const first = cursorAt(0);
    if (!isPacked) {
      const step = packNext(first);
      if (step !== ALL_PACKED) return step;
    }
    const state = advance(first);
    if (state === IS_SHORT) return RUN_SHORT;
    isPacked = false;
    if (state === HAS_ENDED) {
      heapCount--;
      if (heapCount === 0) break;
      sink(0, cursorAt(heapCount));
    } else if (second !== 0 && !isBefore(first, second)) {
      sink(0, first);
    } else {
      continue;
    }
    second = secondCursor();
  }
  endLeaves();
  return ALL_PACKED;
}

/** Has each run find its first entry. @returns false where one must be read for it. */
function openRuns(): bool {
  if (unopened === cursorsEnd) return true;
  for (; unopened < cursorsEnd; unopened += CURSOR_BYTES) {
    const state = advance(unopened);
    if (state === IS_SHORT) return false;
    if (state === HAS_ENDED) continue;
    setCursor(heapCount, unopened);
    heapCount++;
  }
  for (let place = heapCount >> 1; place > 0; place--) sink(place - 1, cursorAt(place - 1));
  second = secondCursor();
  return true;
}

function packNext(cursor: usize): i32 {
  const entry = entryAt(cursor);
  // SQLite would refuse a job that is there twice; of an index that is written as pages it would take it.
  if (last !== 0 && !entryComesBefore(entryBefore(last), entry)) {
    earlierEntry = entryBefore(last);
    laterEntry = entry;
    return OUT_OF_ORDER;
  }
  const step = packEntry(entry);
  if (step === PAGES_FULL) return PAGES_FULL;
  last = cursor;
  isPacked = true;
  return step;
}

/** @returns what comes first after the first, or 0. */
function secondCursor(): usize {
  if (heapCount < 2) return 0;
  const left = cursorAt(1);
  if (heapCount === 2) return left;
  const right = cursorAt(2);
  return isBefore(right, left) ? right : left;
}

/** Moves a cursor down the heap, from a place that is free, until none below it comes first. */
function sink(from: usize, cursor: usize): void {
  let place = from;
  for (;;) {
    let below = (place << 1) + 1;
    if (below >= heapCount) break;
    if (below + 1 < heapCount && isBefore(cursorAt(below + 1), cursorAt(below))) below++;
    if (!isBefore(cursorAt(below), cursor)) break;
    setCursor(place, cursorAt(below));
    place = below;
  }
  setCursor(place, cursor);
}

function isBefore(cursor: usize, other: usize): bool {
  return entryComesBefore(entryAt(cursor), entryAt(other));
}

function cursorAt(place: usize): usize {
  return <usize>load<u32>(heap + (place << 2));
}

function setCursor(place: usize, cursor: usize): void {
  store<u32>(heap + (place << 2), <u32>cursor);
}
