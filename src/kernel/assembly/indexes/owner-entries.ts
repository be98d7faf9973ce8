import { ALL_PACKED, PAGES_FULL } from '../packing-steps';
import { integerType, typeBytes, writeInteger } from '../record-values';
import { endLeaves, placeCell } from './index-pages';
import { columnCount, groupCount, idOf } from './owner-groups';
import { groupEnd } from './owner-order';

/** What stands before the end and the row id in most entries of a group: sizes, types and ids. They are 19 bytes at most. */
const BEGINNING = memory.data(80);
/** So many bytes are copied, and stand before it in any case. */
const BEGINNING_ROOM: usize = 32;
const ROW_BYTES: usize = 8;

/** The group and the row in it that come next. */
let group: usize = 0;
let nextRow: usize = 0;
let beginningEnd: usize = 0;
let beginningSize: usize = 0;
let endType: i32 = -1;
let rowIdType: i32 = -1;

/** @param order of all rows. */
export function beginOwnerEntries(order: usize): void {
  group = 0;
  nextRow = order;
  endType = -1;
}

/** @returns a step of packing: all entries are in finished leaves, or these must be taken before the rest. */
export function packOwnerEntries(): i32 {
  for (; group < groupCount; group++) {
    const rowsEnd = groupEnd(group);
    for (; nextRow < rowsEnd; nextRow += ROW_BYTES) if (!packRow()) return PAGES_FULL;
    endType = -1;
  }
  endLeaves();
  return ALL_PACKED;
}

/** Writes an entry from its end on, for then what is written too much has no place yet. */
function packRow(): bool {
  const end = <u64>load<u32>(nextRow, 4);
  const rowId = <u64>load<u32>(nextRow);
  const typeOfEnd = integerType(end);
  const typeOfRowId = integerType(rowId);
  if (typeOfEnd !== endType || typeOfRowId !== rowIdType) makeBeginning(typeOfEnd, typeOfRowId);
  const endBytes = typeBytes(typeOfEnd);
  const rowIdBytes = typeBytes(typeOfRowId);
  const size = beginningSize + endBytes + rowIdBytes;
  const cell = placeCell(size);
  if (cell === 0) return false;
  const ownEnd = cell + size;
  store<u64>(ownEnd - 8, bswap(rowId));
  store<u64>(ownEnd - rowIdBytes - 8, bswap(end));
  const to = cell + beginningSize - BEGINNING_ROOM;
  const from = beginningEnd - BEGINNING_ROOM;
  v128.store(to, v128.load(from));
  v128.store(to, v128.load(from, 16), 16);
  return true;
}

function makeBeginning(typeOfEnd: i32, typeOfRowId: i32): void {
  endType = typeOfEnd;
  rowIdType = typeOfRowId;
  const cell = BEGINNING + BEGINNING_ROOM;
  const header = cell + 1;
  const headerBytes = columnCount + 3;
  let at = header + headerBytes;
  for (let column: usize = 0; column < columnCount; column++) {
    at = writeInteger(header + 1 + column, at, <f64>idOf(group, column));
  }
  store<u8>(header, <u8>headerBytes);
  store<u8>(header + headerBytes - 2, <u8>typeOfEnd);
  store<u8>(header + headerBytes - 1, <u8>typeOfRowId);
  store<u8>(cell, <u8>(at - header + typeBytes(typeOfEnd) + typeBytes(typeOfRowId)));
  beginningEnd = at;
  beginningSize = at - cell;
}
