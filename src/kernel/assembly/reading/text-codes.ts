import { shortWord, WORD_BYTES } from '../words';

/** Of a slot: hash, code + 1 or 0 where it is free, start and length of the text. */
const SLOT_BYTES_BITS: usize = 4;
const CODE: usize = 4;
const START: usize = 8;
const LENGTH: usize = 12;
/** Of a new text: its column, start and length. */
const NEW_TEXT_BYTES: usize = 12;

/** A hash table of so many slots, a power of two, for each column: cleared before a batch is read. */
export let tables: usize = 0;
export let tableSlots: i32 = 0;
/** For each column the code of its next new text. */
export let nextCodes: usize = 0;
/** Texts that have got a code, in the order of their codes, for the reader to decode and then to count from 0. */
export let newTexts: usize = 0;
export let newTextCount: i32 = 0;

/** What `codeOf` gives where a table is as full as it may be. */
export const NO_CODE: i32 = -2;

/** @returns the code of the text at [start, end), -1 for one that is empty and so NULL. */
export function codeOf(column: usize, start: usize, end: usize): i32 {
  if (start === end) return -1;
  const length = <i32>(end - start);
  const hash = hashOf(start, length);
  const mask = tableSlots - 1;
  const table = tables + ((column * <usize>tableSlots) << SLOT_BYTES_BITS);
  let slot = <i32>hash & mask;
  while (true) {
    const at = table + ((<usize>slot) << SLOT_BYTES_BITS);
    const code = load<i32>(at, CODE) - 1;
    if (code === -1) return add(column, at, hash, start, length);
    if (
      load<u32>(at) === hash &&
      load<i32>(at, LENGTH) === length &&
      areEqual(load<u32>(at, START), start, length)
    ) {
      return code;
    }
    slot = (slot + 1) & mask;
  }
}

function add(column: usize, slot: usize, hash: u32, start: usize, length: i32): i32 {
  if (newTextCount >= tableSlots >> 1) return NO_CODE;
  const next = nextCodes + (column << 2);
  const code = load<i32>(next);
  store<i32>(next, code + 1);
  store<u32>(slot, hash);
  store<i32>(slot, code + 1, CODE);
  store<u32>(slot, <u32>start, START);
  store<i32>(slot, length, LENGTH);
  const text = newTexts + <usize>newTextCount * NEW_TEXT_BYTES;
  store<u32>(text, <u32>column);
  store<u32>(text, <u32>start, 4);
  store<i32>(text, length, 8);
  newTextCount++;
  return code;
}

function hashOf(start: usize, length: i32): u32 {
  if (length <= WORD_BYTES) return <u32>mix(length, shortWord(start, length));
  let hash: u64 = length;
  const last = start + length - WORD_BYTES;
  for (let at = start; at < last; at += WORD_BYTES) hash = mix(hash, load<u64>(at));
  return <u32>mix(hash, load<u64>(last));
}

function mix(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * 0x9e3779b97f4a7c15;
  return product ^ (product >> 32);
}

function areEqual(first: usize, second: usize, length: i32): bool {
  if (length <= WORD_BYTES) return shortWord(first, length) === shortWord(second, length);
  const last = <usize>(length - WORD_BYTES);
  for (let i: usize = 0; i < last; i += WORD_BYTES) {
    if (load<u64>(first + i) !== load<u64>(second + i)) return false;
  }
  return load<u64>(first + last) === load<u64>(second + last);
}
