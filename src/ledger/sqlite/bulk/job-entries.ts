import {
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  entryBytes,
  newEntryBlock,
  textLengthAt,
  writeEntryHeader,
} from './entry-block.ts';
import { EntrySorter } from './entry-sorter.ts';
import type { TextBytes } from './text-bytes.ts';
import { viewOf } from './view-of.ts';

/** The entries that the jobs of a batch have in the unique index. Its memory is used again for the next batch. */
export class JobEntries {
  readonly #sorter = new EntrySorter();
  #block: EntryBlock = newEntryBlock(1 << 18);
  #view = viewOf(this.#block.bytes);
  #places = new Uint32Array(1 << 13);
  #size = 0;
  #count = 0;

  /** Takes the next job, whose `job_id` stands in some bytes. */
  add(rowId: number, texts: TextBytes, from: number, length: number, submit: number): void {
    const at = this.#size;
    this.#size += entryBytes(length);
    if (this.#size > this.#block.bytes.length) this.#growBlock();
    if (this.#count === this.#places.length) this.#growPlaces();
    writeEntryHeader(this.#block, at, length, rowId, submit);
    texts.copyTo(this.#view, at + ENTRY_HEADER_BYTES, from, length);
    this.#places[this.#count++] = at;
  }

  /** @returns all entries in the order of the index; the next batch begins anew. */
  takeSorted(): Uint8Array<ArrayBuffer> {
    const block = this.#block;
    const places = this.#places.subarray(0, this.#count);
    this.#sorter.sort(places, block);
    const sorted = new Uint32Array(this.#size / Uint32Array.BYTES_PER_ELEMENT);
    let to = 0;
    for (let i = 0; i < places.length; i++) {
      const from = places[i] / Uint32Array.BYTES_PER_ELEMENT;
      const words = entryBytes(textLengthAt(block, places[i])) / Uint32Array.BYTES_PER_ELEMENT;
      for (let word = 0; word < words; word++) sorted[to++] = block.words[from + word];
    }
    this.#size = 0;
    this.#count = 0;
    return new Uint8Array(sorted.buffer);
  }

  #growBlock(): void {
    const larger = newEntryBlock(2 * this.#size);
    larger.bytes.set(this.#block.bytes);
    this.#block = larger;
    this.#view = viewOf(larger.bytes);
  }

  #growPlaces(): void {
    const larger = new Uint32Array(2 * this.#places.length);
    larger.set(this.#places);
    this.#places = larger;
  }
}
