import { Buffer } from 'node:buffer';
import { TextCodes } from './text-codes.ts';
import { mixWord, tailWord, WORD_BYTES } from './text-words.ts';

const FIRST_SLOTS = 256;
/** Of a slot: code + 1, or 0 where it is free; then length, tail and hash of the code's text. */
const SLOT_INTS = 4;
const LONGEST_SHORT = 2 * WORD_BYTES;

/**
 * Gives each distinct byte string a number, in the order of first sight, without decoding it again.
 * One instance serves one column of one batch; the spans must stay unchanged while it is in use.
 */
export class TextInterner extends TextCodes {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /** Where the text of each code stands, unless it stands in no bytes. */
  readonly #starts: number[] = [];
  /** Open addressing, at most half full. */
  #slots = new Int32Array(FIRST_SLOTS * SLOT_INTS);

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super();
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @returns the code of the text at [start, end). */
  intern(start: number, end: number): number {
    const view = this.#view;
    const length = end - start;
    let hash = length;
    for (let at = start; at < end - WORD_BYTES; at += WORD_BYTES) {
      hash = mixWord(hash, view.getInt32(at, true));
    }
    const tail = tailWord(view, start, end);
    hash = mixWord(hash, tail);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = Math.imul(hash, SLOT_INTS) & mask; ; slot = (slot + SLOT_INTS) & mask) {
      const code = slots[slot] - 1;
      if (code === -1) return this.#add(start, length, tail, hash, slot);
      if (
        slots[slot + 1] === length &&
        slots[slot + 2] === tail &&
        slots[slot + 3] === hash &&
        // A short text is its tail and one more word, and no other gives this hash before this tail.
        (length <= LONGEST_SHORT || this.#startsAlike(this.#starts[code], start, length))
      ) {
        return code;
      }
    }
  }

  /** Whether all words but the tail are equal. */
  #startsAlike(known: number, start: number, length: number): boolean {
    const view = this.#view;
    for (let i = 0; i < length - WORD_BYTES; i += WORD_BYTES) {
      if (view.getInt32(known + i, true) !== view.getInt32(start + i, true)) return false;
    }
    return true;
  }

  #add(start: number, length: number, tail: number, hash: number, slot: number): number {
    const code = this.texts.push(this.#bytes.toString('utf8', start, start + length)) - 1;
    this.#starts[code] = start;
    this.#slots.set([code + 1, length, tail, hash], slot);
    if (this.texts.length * SLOT_INTS * 2 > this.#slots.length) this.#grow();
    return code;
  }

  #grow(): void {
    const slots = this.#slots;
    const larger = new Int32Array(slots.length * 2);
    const mask = larger.length - 1;
    for (let slot = 0; slot < slots.length; slot += SLOT_INTS) {
      if (slots[slot] === 0) continue;
      let free = Math.imul(slots[slot + 3], SLOT_INTS) & mask;
      while (larger[free] !== 0) free = (free + SLOT_INTS) & mask;
      larger.set(slots.subarray(slot, slot + SLOT_INTS), free);
    }
    this.#slots = larger;
  }
}
