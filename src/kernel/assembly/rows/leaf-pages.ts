import { localSize } from '../local-size';
import { makeRoom } from '../memory-room';
import { varintLength, writeVarint } from '../varints';

const LEAF_TABLE_PAGE: u8 = 13;
const HEADER_BYTES: usize = 8;
const POINTER_BYTES: usize = 2;
const NEXT_PAGE_BYTES: usize = 4;
/** A record that stays whole is shorter than a page by so much. */
const MOST_LOCAL_BESIDES: usize = 35;
/** What a cell takes at most besides its record, and what is written behind a record. */
const MOST_BESIDES: usize = 9 + 9 + NEXT_PAGE_BYTES + 16;

let pageSize: usize = 0;
/** Finished pages stand here one after the other, and their last row ids there. */
let pages: usize = 0;
let pagesEnd: usize = 0;
let nextPage: usize = 0;
let lastRowIds: usize = 0;
/** The cells of the page in work, and 16 bits for each that tell where it begins among them. */
let cells: usize = 0;
let cellsEnd: usize = 0;
let cellStarts: usize = 0;
let cellCount: usize = 0;
let lastRowId: u64 = 0;
/** Of the row in work: how many bytes are kept free for the size of its record, and where that begins. */
let sizeBytes: usize = 0;
let rowId: u64 = 0;
let recordStart: usize = 0;

/** The size of the record that is too long, and what of it does not stay in the page. */
let longSize: usize = 0;
export let restStart: usize = 0;
export let restBytes: usize = 0;

/** Where pages of a table are made; the cells take the memory from there to its end, which grows if need be. */
export function layOutLeaves(
  size: usize,
  pagesAt: usize,
  most: usize,
  lastRowIdsAt: usize,
  cellStartsAt: usize,
  cellsAt: usize,
): void {
  pageSize = size;
  pages = pagesAt;
  pagesEnd = pagesAt + most * size;
  lastRowIds = lastRowIdsAt;
  cellStarts = cellStartsAt;
  cells = cellsAt;
}

/** @param usualSizeBytes what the size of most records takes; others are moved. */
export function beginTable(usualSizeBytes: usize): void {
  sizeBytes = usualSizeBytes;
  nextPage = pages;
  cellsEnd = cells;
  cellCount = 0;
}

/** How many pages are finished. They are taken as written, and the next page is the first again. */
export function takePages(): usize {
  const count = (nextPage - pages) / pageSize;
  nextPage = pages;
  return count;
}

export function arePagesFull(): bool {
  return nextPage === pagesEnd;
}

/**
 * Begins a row.
 * @param most bytes that its record may take.
 * @returns where the record begins.
 */
export function beginRow(id: u64, most: usize): usize {
  makeRoom(cellsEnd + most + MOST_BESIDES);
  rowId = id;
  recordStart = writeVarint(cellsEnd + sizeBytes, id);
  return recordStart;
}

/**
 * Ends the row, whose record ends there.
 * @returns whether it fits a page. Otherwise `endLongRow` must be told where the rest is.
 */
export function endRow(end: usize): bool {
  const size = end - recordStart;
  const local = localSize(size, pageSize, pageSize - MOST_LOCAL_BESIDES);
  if (local < size) {
    longSize = size;
    restStart = recordStart + local;
    restBytes = size - local;
    return false;
  }
  endCell(size, end);
  return true;
}

/** @param page the first of the chain that has the rest. */
export function endLongRow(page: u32): void {
  store<u32>(restStart, bswap(page));
  endCell(longSize, restStart + NEXT_PAGE_BYTES);
}

/** Finishes the last page, if there is any row in it. */
export function endTable(): void {
  if (cellCount > 0) closePage();
}

function endCell(size: usize, recordEnd: usize): void {
  let start = cellsEnd;
  let end = recordEnd;
  const length = <usize>varintLength(size);
  if (length !== sizeBytes) {
    memory.copy(start + length, start + sizeBytes, end - start - sizeBytes);
    end = end + length - sizeBytes;
  }
  writeVarint(start, size);
  if (HEADER_BYTES + POINTER_BYTES * (cellCount + 1) + (end - cells) > pageSize) {
    closePage();
    memory.copy(cells, start, end - start);
    end -= start - cells;
    start = cells;
  }
  store<u16>(cellStarts + (cellCount << 1), <u16>(start - cells));
  cellCount++;
  cellsEnd = end;
  lastRowId = rowId;
}

/** SQLite file format, section 1.6, like all that is in this file. */
function closePage(): void {
  const page = nextPage;
  const used = cellsEnd - cells;
  const cellsStart = pageSize - used;
  store<u8>(page, LEAF_TABLE_PAGE);
  store<u16>(page, 0, 1);
  store<u16>(page, bswap(<u16>cellCount), 3);
  // A content area that begins at 65,536 would be written as 0, but a page has a cell.
  store<u16>(page, bswap(<u16>cellsStart), 5);
  store<u8>(page, 0, 7);
  let at = page + HEADER_BYTES;
  const startsEnd = cellStarts + (cellCount << 1);
  for (let start = cellStarts; start < startsEnd; start += POINTER_BYTES) {
    store<u16>(at, bswap(<u16>(cellsStart + load<u16>(start))));
    at += POINTER_BYTES;
  }
  // What an earlier page has left between pointers and cells belongs to no row.
  memory.fill(at, 0, page + cellsStart - at);
  memory.copy(page + cellsStart, cells, used);
  store<f64>(lastRowIds + ((page - pages) / pageSize) * sizeof<f64>(), <f64>lastRowId);
  nextPage = page + pageSize;
  cellCount = 0;
  cellsEnd = cells;
}
