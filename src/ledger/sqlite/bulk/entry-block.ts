/**
 * Entries of the unique index of `jobs`, one after the other, seen as bytes, words and doubles. An entry is 32
 * bits each of the length of its `job_id` and of its row id, its submission as a double, and the bytes of its
 * `job_id`, filled up to whole doubles. Its place is the offset of its first byte.
 */
export interface EntryBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly words: Uint32Array<ArrayBuffer>;
  readonly doubles: Float64Array<ArrayBuffer>;
}

export const ENTRY_HEADER_BYTES = 16;
const DOUBLE = 8;
const WORD = 4;

/** @param size a multiple of 8. */
export function newEntryBlock(size: number): EntryBlock {
  const buffer = new ArrayBuffer(size);
  return {
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}

/** Bytes of an entry with its header. */
export function entryBytes(textLength: number): number {
  return ENTRY_HEADER_BYTES + ((textLength + DOUBLE - 1) & -DOUBLE);
}

export function textLengthAt({ words }: EntryBlock, at: number): number {
  return words[at >> 2];
}

export function rowIdAt({ words }: EntryBlock, at: number): number {
  return words[(at >> 2) + 1];
}

export function submitAt({ doubles }: EntryBlock, at: number): number {
  return doubles[(at >> 3) + 1];
}

/** The order of the index: by the bytes of `job_id`, as SQLite compares texts, then by submission. */
export function compareEntries(
  block: EntryBlock,
  at: number,
  other: EntryBlock,
  otherAt: number,
): number {
  const { words, bytes } = block;
  const { words: otherWords, bytes: otherBytes } = other;
  const length = textLengthAt(block, at);
  const otherLength = textLengthAt(other, otherAt);
  const shorter = length < otherLength ? length : otherLength;
  const start = at + ENTRY_HEADER_BYTES;
  const otherStart = otherAt + ENTRY_HEADER_BYTES;
  let i = 0;
  // Words tell only whether bytes differ; which are less depends on the machine.
  while (i + WORD <= shorter && words[(start + i) >> 2] === otherWords[(otherStart + i) >> 2]) {
    i += WORD;
  }
  for (; i < shorter; i++) {
    const difference = bytes[start + i] - otherBytes[otherStart + i];
    if (difference !== 0) return difference;
  }
  if (length !== otherLength) return length - otherLength;
  return submitAt(block, at) - submitAt(other, otherAt);
}
