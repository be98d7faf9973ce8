import { takeRoom } from './dividers';
import { ENTRY_HEADER_BYTES, entryBytes } from './run-entries';

/** What is known of a run of sorted entries, of which a block is in memory: addresses and sizes of 32 bits. */
export const CURSOR_BYTES: usize = 32;
const BLOCK: usize = 0;
const CAPACITY: usize = 4;
/** The current entry; the one before it, or the last where there is no further one; and the one after it. */
const AT: usize = 8;
const BEFORE: usize = 12;
const NEXT: usize = 16;
const FILLED: usize = 20;
/** How many bytes of the run are not in memory yet. */
const UNREAD: usize = 24;

/** What has become of a cursor that was to advance. */
export const HAS_ENTRY = 0;
export const HAS_ENDED = 1;
export const IS_SHORT = 2;

/** The cursor whose run is to be read on, where to, and how many bytes at most. */
export let shortCursor: usize = 0;
export let readTo: usize = 0;
export let mostRead: usize = 0;

export function beginCursor(cursor: usize, block: usize, capacity: usize, unread: f64): void {
  store<u32>(cursor, <u32>block, BLOCK);
  store<u32>(cursor, <u32>capacity, CAPACITY);
  store<u32>(cursor, <u32>block, AT);
  store<u32>(cursor, <u32>block, BEFORE);
  store<u32>(cursor, <u32>block, NEXT);
  store<u32>(cursor, <u32>block, FILLED);
  store<f64>(cursor, unread, UNREAD);
}

export function entryAt(cursor: usize): usize {
  return <usize>load<u32>(cursor, AT);
}

export function entryBefore(cursor: usize): usize {
  return <usize>load<u32>(cursor, BEFORE);
}

/** Goes to the next entry. Where the run is short, it must be read on before the same is asked again. */
export function advance(cursor: usize): i32 {
  const next = <usize>load<u32>(cursor, NEXT);
  const present = <usize>load<u32>(cursor, FILLED) - next;
  let needed = ENTRY_HEADER_BYTES;
  if (present >= needed) {
    needed = entryBytes(next);
    if (present >= needed) {
      store<u32>(cursor, load<u32>(cursor, AT), BEFORE);
      store<u32>(cursor, <u32>next, AT);
      store<u32>(cursor, <u32>(next + needed), NEXT);
      return HAS_ENTRY;
    }
  } else if (present === 0 && load<f64>(cursor, UNREAD) === 0) {
    store<u32>(cursor, load<u32>(cursor, AT), BEFORE);
    return HAS_ENDED;
  }
  makeShort(cursor, needed);
  return IS_SHORT;
}

/** Tells that so many bytes were read. */
export function endReading(bytes: usize): void {
  store<u32>(shortCursor, load<u32>(shortCursor, FILLED) + <u32>bytes, FILLED);
  store<f64>(shortCursor, load<f64>(shortCursor, UNREAD) - <f64>bytes, UNREAD);
}

/** Makes room for so many bytes of the next entry behind the current one, which is moved to the front. */
function makeShort(cursor: usize, needed: usize): void {
  const at = entryAt(cursor);
  const kept = <usize>load<u32>(cursor, FILLED) - at;
  const next = <usize>load<u32>(cursor, NEXT) - at;
  let block = <usize>load<u32>(cursor, BLOCK);
  let capacity = <usize>load<u32>(cursor, CAPACITY);
  if (next + needed > capacity) {
    capacity = 2 * (next + needed);
    block = takeRoom(capacity);
    store<u32>(cursor, <u32>block, BLOCK);
    store<u32>(cursor, <u32>capacity, CAPACITY);
  }
  memory.copy(block, at, kept);
  store<u32>(cursor, <u32>block, AT);
  store<u32>(cursor, <u32>(block + next), NEXT);
  store<u32>(cursor, <u32>(block + kept), FILLED);
  shortCursor = cursor;
  readTo = block + kept;
  mostRead = <usize>min(<f64>(capacity - kept), load<f64>(cursor, UNREAD));
}
