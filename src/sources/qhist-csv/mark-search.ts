export const WORD_BYTES = 4;
const FIRST_PRINTABLE = 32;
/** One in each byte of a word. */
const EACH = 0x01010101;
const HIGH_BITS = 0x80 * EACH;
const LOW_BITS = 0x7f * EACH;
/** Added to the low bits of a byte, it sets the high bit from the first printable character on. */
const UP_FROM_PRINTABLE = (0x80 - FIRST_PRINTABLE) * EACH;

/** Finds the marks of a text, its delimiters and control characters, block by block. */
export class MarkSearch {
  /** The finds of a block fit the first cache. */
  static readonly BLOCK_BYTES = 8192;
  /** Where the marks of the block are, ascending. */
  readonly marks = new Int32Array(MarkSearch.BLOCK_BYTES);
  markCount = 0;
  /** The first marks of those words that may hold others than delimiters, as indexes of `marks`. */
  readonly doubts = new Int32Array(MarkSearch.BLOCK_BYTES / WORD_BYTES + 1);
  doubtCount = 0;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #words: Int32Array<ArrayBuffer>;
  readonly #delimiter: number;

  constructor(bytes: Uint8Array<ArrayBuffer>, delimiter: number) {
    // Words must be aligned; a chunk that was read from a file is.
    this.#bytes = bytes.byteOffset % WORD_BYTES === 0 ? bytes : bytes.slice();
    this.#words = new Int32Array(
      this.#bytes.buffer,
      this.#bytes.byteOffset,
      Math.floor(bytes.length / WORD_BYTES),
    );
    this.#delimiter = delimiter;
  }

  /** Searches the block that begins here. */
  block(start: number): void {
    const words = this.#words;
    const { marks, doubts } = this;
    const delimiters = this.#delimiter * EACH;
    const end = Math.min(start + MarkSearch.BLOCK_BYTES, this.#bytes.length);
    const wordsEnd = Math.floor(end / WORD_BYTES);
    let found = 0;
    let doubted = 0;
    for (let i = start / WORD_BYTES; i < wordsEnd; i++) {
      const word = words[i];
      // The high bit of each byte that is not the delimiter, and of each that is printable.
      const difference = word ^ delimiters;
      const others = ((difference & LOW_BITS) + LOW_BITS) | difference;
      const printables = ((word & LOW_BITS) + UP_FROM_PRINTABLE) | word;
      const bits = ~(others & printables) & HIGH_BITS;
      if (bits === 0) continue;
      if ((~printables & HIGH_BITS) !== 0) doubts[doubted++] = found;
      // Written in any case and counted where there is one, which needs no branch.
      const at = i * WORD_BYTES;
      marks[found] = at;
      found += (bits >>> 7) & 1;
      marks[found] = at + 1;
      found += (bits >>> 15) & 1;
      marks[found] = at + 2;
      found += (bits >>> 23) & 1;
      marks[found] = at + 3;
      found += bits >>> 31;
    }
    const rest = Math.max(start, wordsEnd * WORD_BYTES);
    if (rest < end) doubts[doubted++] = found;
    for (let at = rest; at < end; at++) {
      const byte = this.#bytes[at];
      if (byte === this.#delimiter || byte < FIRST_PRINTABLE) marks[found++] = at;
    }
    this.markCount = found;
    this.doubtCount = doubted;
  }
}
