import { readSync } from 'node:fs';
import {
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  entryBytes,
  newEntryBlock,
  textLengthAt,
} from './entry-block.ts';

/** Read at once of each run: some two hundred entries, and a few MB where there are a thousand runs. */
const BLOCK_BYTES = 8192;

/** Goes through a run of sorted entries, from block to block. */
export class RunCursor {
  /** Where the current entry stands; another one after the next `advance`. */
  block: EntryBlock;
  at = 0;
  /** Where the entry before it stands; once there is no further one, where the last one does. */
  before = 0;
  readonly #fd: number;
  readonly #end: number;
  /** The offset of what follows the block. */
  #position: number;
  #filled = 0;
  #next = 0;

  constructor(fd: number, start: number, end: number) {
    this.#fd = fd;
    this.#position = start;
    this.#end = end;
    this.block = newEntryBlock(Math.min(BLOCK_BYTES, end - start));
  }

  /** Goes to the next entry. @returns false where there is none. */
  advance(): boolean {
    this.before = this.at;
    const next = this.#next;
    if (next + ENTRY_HEADER_BYTES <= this.#filled) {
      const end = next + entryBytes(textLengthAt(this.block, next));
      if (end <= this.#filled) {
        this.at = next;
        this.#next = end;
        return true;
      }
    }
    return this.#advanceToNextBlock();
  }

  #advanceToNextBlock(): boolean {
    if (this.#next === this.#filled && this.#position === this.#end) return false;
    this.#need(ENTRY_HEADER_BYTES);
    this.#need(entryBytes(textLengthAt(this.block, this.#next)));
    return this.advance();
  }

  /** Has so many bytes of the next entry in the block, behind the current one. */
  #need(size: number): void {
    if (this.#filled - this.#next >= size) return;
    const kept = this.block.bytes.subarray(this.at, this.#filled);
    this.#next -= this.at;
    this.at = 0;
    const needed = this.#next + size;
    if (needed > this.block.bytes.length) this.block = newEntryBlock(2 * needed);
    const { bytes } = this.block;
    bytes.set(kept);
    this.#filled = kept.length;
    while (this.#filled < needed) {
      const wanted = Math.min(bytes.length - this.#filled, this.#end - this.#position);
      const read = readSync(this.#fd, bytes, this.#filled, wanted, this.#position);
      if (read === 0) throw new Error(`a run ends at ${this.#position} instead of ${this.#end}`);
      this.#filled += read;
      this.#position += read;
    }
  }
}
