import { Buffer } from 'node:buffer';
import { mixWord, tailWord, WORD_BYTES } from './text-words.ts';

const FIRST_SLOTS = 256;
/** Of a slot: code + 1, or 0 where it is free; then length, tail and hash of the code's text. */
const SLOT_INTS = 4;
const LONGEST_SHORT = 2 * WORD_BYTES;

/**
 * Gives each distinct byte string a number, in the order of first sight, without decoding it again.
 * One instance serves one column of one batch; the spans must stay unchanged while it is in use.
 */
export class TextInterner {
  /** The distinct texts, decoded once each. */
  readonly texts: string[] = [];
  readonly #bytes: Buffer;
  readonly #view: DataView;
  /** Where the text of each code stands; -1 for one that stands in no bytes. */
  readonly #starts: number[] = [];
  /** Open addressing, at most half full. */
  #slots = new Int32Array(FIRST_SLOTS * SLOT_INTS);
  readonly #constants = new Map<string, number>();
  #lastConstant: { readonly text: string; readonly code: number } | null = null;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
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

  /**
   * Gives the text at [start, end) a code without looking whether it has one.
   * @returns the code, which `intern` does not give to another such text.
   */
  add(start: number, end: number): number {
    return this.#append(this.#bytes.toString('utf8', start, end), start);
  }

  /**
   * @returns the code of a text that does not stand in the bytes. The same text read from the bytes may have
   * another code: what a code means is its text.
   */
  internText(text: string): number {
    // Mostly the default of a column, for one job after the other.
    if (this.#lastConstant?.text === text) return this.#lastConstant.code;
    let code = this.#constants.get(text);
    if (code === undefined) {
      code = this.#append(text, -1);
      this.#constants.set(text, code);
    }
    this.#lastConstant = { text, code };
    return code;
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
    const code = this.#append(this.#bytes.toString('utf8', start, start + length), start);
    this.#slots.set([code + 1, length, tail, hash], slot);
    if (this.texts.length * SLOT_INTS * 2 > this.#slots.length) this.#grow();
    return code;
  }

  #append(text: string, start: number): number {
    this.#starts.push(start);
    return this.texts.push(text) - 1;
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
