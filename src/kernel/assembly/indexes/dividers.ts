import { makeRoom } from '../memory-room';

/** Before the bytes of each stand their size and the page that the divider follows, 32 bits each. */
const HEADER_BYTES: usize = 8;
const CHILD: usize = 4;

/**
 * The entries that stand between the pages of the level of an index that is being made, in their order. Those between
 * the pages of the level above are some of them, and take the place of those that are read already.
 */
let start: usize = 0;
let end: usize = 0;
/** The first whose page has no number yet. */
let unnumbered: usize = 0;
/** What is left of the level below. */
let next: usize = 0;
let levelEnd: usize = 0;

/** @param at where they stand, with nothing behind them: the memory grows if need be. */
export function beginDividers(at: usize): void {
  start = at;
  end = at;
  unnumbered = at;
}

export function addDivider(cell: usize, size: usize): void {
  makeRoom(end + HEADER_BYTES + size);
  store<u32>(end, <u32>size);
  memory.copy(end + HEADER_BYTES, cell, size);
  end += HEADER_BYTES + size;
}

/**
 * Tells the numbers of the next pages, 32 bits each. Behind the last page of a level there is no divider.
 * @returns the last of them.
 */
export function numberDividers(numbers: usize, count: usize): u32 {
  const numbersEnd = numbers + (count << 2);
  for (let at = numbers; at < numbersEnd && unnumbered < end; at += 4) {
    store<u32>(unnumbered, load<u32>(at), CHILD);
    unnumbered += HEADER_BYTES + <usize>load<u32>(unnumbered);
  }
  return load<u32>(numbersEnd - 4);
}

/** Goes on with the level above: what was added is to be read. */
export function nextLevel(): void {
  next = start;
  levelEnd = end;
  end = start;
  unnumbered = start;
}

export function hasDivider(): bool {
  return next < levelEnd;
}

export function dividerSize(): usize {
  return <usize>load<u32>(next);
}

export function dividerChild(): u32 {
  return load<u32>(next, CHILD);
}

export function takeDivider(to: usize): void {
  const size = dividerSize();
  memory.copy(to, next + HEADER_BYTES, size);
  next += HEADER_BYTES + size;
}

/** Moves what was added away. @returns where there are so many bytes of room then. */
export function takeRoom(bytes: usize): usize {
  const room = start;
  makeRoom(end + bytes);
  memory.copy(start + bytes, start, end - start);
  start += bytes;
  end += bytes;
  unnumbered += bytes;
  return room;
}
