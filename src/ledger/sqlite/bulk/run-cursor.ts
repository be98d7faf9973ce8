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
    if (this.#next === this.#filled && this.#position === this.#end) return false;
    this.#need(ENTRY_HEADER_BYTES);
    this.#need(entryBytes(textLengthAt(this.block, this.#next)));
    this.at = this.#next;
    this.#next += entryBytes(textLengthAt(this.block, this.at));
    return true;
  }

  /** Has so many bytes of the next entry in the block. */
  #need(size: number): void {
    if (this.#filled - this.#next >= size) return;
    const rest = this.block.bytes.subarray(this.#next, this.#filled);
    if (size > this.block.bytes.length) this.block = newEntryBlock(2 * size);
    const { bytes } = this.block;
    bytes.set(rest);
    this.#filled = rest.length;
    this.#next = 0;
    while (this.#filled < size) {
      const wanted = Math.min(bytes.length - this.#filled, this.#end - this.#position);
      const read = readSync(this.#fd, bytes, this.#filled, wanted, this.#position);
      if (read === 0) throw new Error(`a run ends at ${this.#position} instead of ${this.#end}`);
      this.#filled += read;
      this.#position += read;
    }
  }
}
