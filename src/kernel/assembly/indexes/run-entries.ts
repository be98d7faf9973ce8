import { ALL_PACKED, ENTRY_TOO_LONG, PAGES_FULL } from '../packing-steps';
import { integerType, typeBytes } from '../record-values';
import { varintLength, writeVarint } from '../varints';
import { localEntrySize, placeCell } from './index-pages';
import { wordAt } from './job-identities';

/** An entry is 32 bits each of its text's length and its row id, its submission, and the text in whole doubles. */
export const ENTRY_HEADER_BYTES: usize = 16;
const ROW_ID: usize = 4;
const SUBMIT: usize = 8;
const BLOCK_BYTES: usize = 16;
const NEXT_PAGE_BYTES: usize = 4;
const INTEGERS_ROOM: usize = 16;

/** What is left of an entry that does not fit a page: of its text, and the integers behind it. */
export let textRest: usize = 0;
export let textRestBytes: usize = 0;
export let integersRest: usize = 0;
export let integersRestBytes: usize = 0;
const INTEGERS = memory.data(16);
/** Where the page of an entry tells where it goes on. */
let nextPageAt: usize = 0;

/** Bytes of an entry with its header. */
export function entryBytes(entry: usize): usize {
  return ENTRY_HEADER_BYTES + ((<usize>load<u32>(entry) + 7) & ~7);
}

/** @returns whether the one comes before the other, in the order in which SQLite compares texts and numbers. */
export function entryComesBefore(entry: usize, other: usize): bool {
  const length = load<i32>(entry);
  const otherLength = load<i32>(other);
  const text = entry + ENTRY_HEADER_BYTES;
  const otherText = other + ENTRY_HEADER_BYTES;
  const shorter = min(length, otherLength);
  for (let i = 0; i < shorter; i += 8) {
    const word = wordAt(text + i, shorter - i);
    const otherWord = wordAt(otherText + i, shorter - i);
    if (word !== otherWord) return word < otherWord;
  }
  if (length !== otherLength) return length < otherLength;
  return load<f64>(entry, SUBMIT) < load<f64>(other, SUBMIT);
}

/** Writes an entry to its page, or what of it fits there. @returns a step of packing. */
export function packEntry(entry: usize): i32 {
  const length = <usize>load<u32>(entry);
  const submit = <i64>load<f64>(entry, SUBMIT);
  const rowId = <i64>load<u32>(entry, ROW_ID);
  const submitType = integerType(submit);
  const rowIdType = integerType(rowId);
  const submitBytes = typeBytes(submitType);
  const rowIdBytes = typeBytes(rowIdType);
  const textType = 13 + 2 * <u64>length;
  const headerBytes = <usize>varintLength(textType) + 3;
  const size = headerBytes + length + submitBytes + rowIdBytes;
  const local = localEntrySize(size);
  const isWhole = local === size;
  const ownBytes = <usize>varintLength(size) + local;
  const cell = placeCell(isWhole ? ownBytes : ownBytes + NEXT_PAGE_BYTES);
  if (cell === 0) return PAGES_FULL;
  const ownEnd = cell + ownBytes;
  const text = entry + ENTRY_HEADER_BYTES;
  if (isWhole) {
    writeIntegers(ownEnd, submit, rowId, rowIdBytes);
    copyBackward(ownEnd - rowIdBytes - submitBytes, text + length, length);
  } else {
    // So much is left that only a part of the text stays.
    const present = local - headerBytes;
    memory.copy(ownEnd - present, text, present);
    textRest = text + present;
    textRestBytes = length - present;
    writeIntegers(INTEGERS + INTEGERS_ROOM, submit, rowId, rowIdBytes);
    integersRestBytes = submitBytes + rowIdBytes;
    integersRest = INTEGERS + INTEGERS_ROOM - integersRestBytes;
    nextPageAt = ownEnd;
  }
  const header = writeVarint(cell, size);
  store<u8>(header, <u8>headerBytes);
  const types = writeVarint(header + 1, textType);
  store<u8>(types, <u8>submitType);
  store<u8>(types, <u8>rowIdType, 1);
  return isWhole ? ALL_PACKED : ENTRY_TOO_LONG;
}

/** @param firstPage of the chain that has the rest. */
export function endLongEntry(firstPage: u32): void {
  store<u32>(nextPageAt, bswap(firstPage));
}

/** Writes them from their end on: up to eight bytes before them mean nothing yet. */
function writeIntegers(end: usize, submit: i64, rowId: i64, rowIdBytes: usize): void {
  store<i64>(end - 8, bswap(rowId));
  store<i64>(end - rowIdBytes - 8, bswap(submit));
}

/** Copies a text by its end, in blocks: up to fifteen bytes before it are read and written too. */
function copyBackward(toEnd: usize, fromEnd: usize, length: usize): void {
  for (let done: usize = BLOCK_BYTES; done < length + BLOCK_BYTES; done += BLOCK_BYTES) {
    v128.store(toEnd - done, v128.load(fromEnd - done));
  }
}
