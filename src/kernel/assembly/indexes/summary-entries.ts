import { ALL_PACKED, PAGES_FULL } from '../packing-steps';
import { writeInteger, writeTextType } from '../record-values';
import { endLeaves, placeCell } from './index-pages';

/** An entry in work, with its size: 46 bytes at most. Numbers are written as eight bytes. */
const ENTRY = memory.data(64);
const COLUMNS: usize = 4;
const HEADER_BYTES: usize = 1 + COLUMNS;
const ROW_BYTES: usize = 8;
const WORD_BYTES: usize = 4;
/** A date has ten bytes in a slot of sixteen. */
const DATE_LENGTH: i32 = 10;
const DATE_BITS: usize = 4;
const IDS: usize = 3;

let rows: usize = 0;
let dates: usize = 0;
let ownerIds: usize = 0;
/** Which of the three ids of an owner an entry begins with. */
let column: usize = 0;
let nextRow: usize = 0;
let rowsEnd: usize = 0;

/**
 * Brings rows of the summary into the order of an index over an id of their owners, then the date; of equal ones they
 * keep their order, which is that of their keys.
 * @param rowsAt for each its date and its owner, 32 bits each.
 * @param datesAt slots of dates.
 * @param position which of the three ids of an owner.
 * @param counts as many words as there are ids, 0 included, and another one.
 * @param order room for a word for each row.
 */
export function beginSummaryEntries(
  rowsAt: usize,
  count: i32,
  datesAt: usize,
  ownerIdsAt: usize,
  position: usize,
  counts: usize,
  mostId: u32,
  order: usize,
): void {
  rows = rowsAt;
  dates = datesAt;
  ownerIds = ownerIdsAt;
  column = position;
  nextRow = order;
  rowsEnd = order + <usize>count * WORD_BYTES;
  memory.fill(counts, 0, (<usize>mostId + 2) * WORD_BYTES);
  for (let row = 0; row < count; row++) {
    const at = counts + <usize>(idOf(row, column) + 1) * WORD_BYTES;
    store<u32>(at, load<u32>(at) + 1);
  }
  for (let id: u32 = 1; id <= mostId; id++) {
    const at = counts + <usize>id * WORD_BYTES;
    store<u32>(at, load<u32>(at) + load<u32>(at - WORD_BYTES));
  }
  for (let row = 0; row < count; row++) {
    const at = counts + <usize>idOf(row, column) * WORD_BYTES;
    const place = load<u32>(at);
    store<u32>(at, place + 1);
    store<u32>(order + <usize>place * WORD_BYTES, row);
  }
}

/** @returns a step of packing: all entries are in finished leaves, or these must be taken before the rest. */
export function packSummaryEntries(): i32 {
  for (; nextRow < rowsEnd; nextRow += WORD_BYTES) {
    const size = makeEntry(load<i32>(nextRow));
    const cell = placeCell(size);
    if (cell === 0) return PAGES_FULL;
    memory.copy(cell, ENTRY, size);
  }
  endLeaves();
  return ALL_PACKED;
}

/** The id, the date, then what the key of the row has besides. @returns how many bytes it is. */
function makeEntry(row: i32): usize {
  const header = ENTRY + 1;
  const date = dates + ((<usize>load<u32>(rows + <usize>row * ROW_BYTES)) << DATE_BITS);
  store<u8>(header, <u8>HEADER_BYTES);
  let at = writeInteger(header + 1, header + HEADER_BYTES, <f64>idOf(row, column));
  writeTextType(header + 2, DATE_LENGTH);
  v128.store(at, v128.load(date));
  at += <usize>DATE_LENGTH;
  let typeAt = header + 3;
  for (let other: usize = 0; other < IDS; other++) {
    if (other !== column) at = writeInteger(typeAt++, at, <f64>idOf(row, other));
  }
  store<u8>(ENTRY, <u8>(at - header));
  return at - ENTRY;
}

function idOf(row: i32, position: usize): u32 {
  const owner = <usize>load<u32>(rows + <usize>row * ROW_BYTES, WORD_BYTES);
  return load<u32>(ownerIds + (owner * IDS + position) * WORD_BYTES);
}
