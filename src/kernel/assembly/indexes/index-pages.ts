import { localSize } from '../local-size';
import { ALL_PACKED, PAGES_FULL } from '../packing-steps';
import {
  addDivider,
  beginDividers,
  dividerChild,
  dividerSize,
  hasDivider,
  nextLevel,
  numberDividers,
  takeDivider,
} from './dividers';

const LEAF_INDEX_PAGE: u8 = 0x0a;
const INTERIOR_INDEX_PAGE: u8 = 0x02;
const LEAF_HEADER_BYTES: usize = 8;
const INTERIOR_HEADER_BYTES: usize = 12;
const POINTER_BYTES: usize = 2;
const CHILD_BYTES: usize = 4;

let pageSize: usize = 0;
let mostLocal: usize = 0;
/** Finished pages stand here one after the other, behind them the one in work; and their numbers there. */
let pages: usize = 0;
let pagesEnd: usize = 0;
let numbers: usize = 0;
let type: u8 = 0;
let headerBytes: usize = 0;
/** The number of the last page that has one, and that of the level below. */
let lastNumber: u32 = 0;
let lastChild: u32 = 0;
/** The page in work: cells grow from its end. Who writes one may write before it too, so pointers wait elsewhere. */
let page: usize = 0;
let cells: usize = 0;
let lastCells: usize = 0;
let cellCount: usize = 0;
let pointers: usize = 0;

/**
 * Begins an index of entries that come in ascending order. In an index every entry stands once: where a page is full,
 * its last entry moves up between it and the next page. SQLite file format, sections 1.6 and 2.5.
 * @param most pages that are finished before they must be taken.
 * @param pointersAt room for as many bytes as a page has.
 * @param numbersAt room for the numbers of as many pages, 32 bits each.
 * @param dividersAt where the entries that move up stand, with nothing behind them.
 */
export function beginIndex(
  size: usize,
  pagesAt: usize,
  most: usize,
  pointersAt: usize,
  numbersAt: usize,
  dividersAt: usize,
): void {
  pageSize = size;
  mostLocal = ((size - 12) * 64) / 255 - 23;
  pages = pagesAt;
  pagesEnd = pagesAt + most * size;
  pointers = pointersAt;
  numbers = numbersAt;
  type = LEAF_INDEX_PAGE;
  headerBytes = LEAF_HEADER_BYTES;
  beginDividers(dividersAt);
  beginPage(pagesAt);
}

/** How many bytes of an entry of this size stay in the page. */
export function localEntrySize(size: usize): usize {
  return localSize(size, pageSize, mostLocal);
}

/**
 * Takes the next entry's place.
 * @returns where its cell begins, or 0 where the finished pages must be taken first. What is in the page before that
 * place means nothing yet.
 */
export function placeCell(size: usize): usize {
  const pointersEnd = page + headerBytes + POINTER_BYTES * (cellCount + 1);
  if (cells - size < pointersEnd) closeFullPage();
  if (page === pagesEnd) return 0;
  lastCells = cells;
  cells -= size;
  store<u16>(pointers + (cellCount << 1), bswap(<u16>(cells - page)));
  cellCount++;
  return cells;
}

/** Finishes the last page of the leaves, which alone may have no entry. */
export function endLeaves(): void {
  closePage(0);
}

/** How many pages are finished. */
export function finishedPages(): usize {
  return (page - pages) / pageSize;
}

/** Goes on with other pages, now that the finished ones have been written and have their numbers. */
export function passPages(): void {
  lastNumber = numberDividers(numbers, finishedPages());
  beginPage(pages);
}

/** Goes on with the level above, now that all pages of one have been passed. */
export function beginInteriorLevel(): void {
  type = INTERIOR_INDEX_PAGE;
  headerBytes = INTERIOR_HEADER_BYTES;
  lastChild = lastNumber;
  nextLevel();
}

/** @returns a step of packing: the level is finished, or the finished pages must be taken before the rest. */
export function packInteriorLevel(): i32 {
  while (hasDivider()) {
    const at = placeCell(CHILD_BYTES + dividerSize());
    if (at === 0) return PAGES_FULL;
    store<u32>(at, bswap(dividerChild()));
    takeDivider(at + CHILD_BYTES);
  }
  closePage(lastChild);
  return ALL_PACKED;
}

function beginPage(at: usize): void {
  page = at;
  cells = at + pageSize;
  lastCells = cells;
  cellCount = 0;
}

function closeFullPage(): void {
  let divider = cells;
  let child: u32 = 0;
  if (type === INTERIOR_INDEX_PAGE) {
    child = bswap(load<u32>(divider));
    divider += CHILD_BYTES;
  }
  addDivider(divider, lastCells - divider);
  cellCount--;
  cells = lastCells;
  closePage(child);
}

function closePage(rightmostChild: u32): void {
  const used = cellCount * POINTER_BYTES;
  store<u8>(page, type);
  store<u16>(page, 0, 1);
  store<u16>(page, bswap(<u16>cellCount), 3);
  // A page of 65,536 bytes that has no cell says 0.
  store<u16>(page, bswap(<u16>(cells - page)), 5);
  store<u8>(page, 0, 7);
  if (type === INTERIOR_INDEX_PAGE) store<u32>(page, bswap(rightmostChild), 8);
  const pointersEnd = page + headerBytes + used;
  memory.copy(page + headerBytes, pointers, used);
  memory.fill(pointersEnd, 0, cells - pointersEnd);
  beginPage(page + pageSize);
}
