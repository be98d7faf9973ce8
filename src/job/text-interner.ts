import { Buffer } from 'node:buffer';

/**
 * Gives each distinct byte string a number, in the order of first sight, without decoding it again.
 * One instance serves one column of one batch; the spans must stay unchanged while it is in use.
 */
export class TextInterner {
  /** The distinct texts, decoded once each. */
  readonly texts: string[] = [];
  readonly #bytes: Buffer;
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);
  #hashes = new Int32Array(256);
  /** Open addressing: code + 1, or 0 for a free slot. */
  #slots = new Int32Array(1024);
  readonly #constants = new Map<string, number>();

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @returns the code of the text at [start, end). */
  intern(start: number, end: number): number {
    const bytes = this.#bytes;
    let hash = end - start;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]) | 0;
    hash ^= hash >>> 15;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot] - 1;
      if (code === -1) return this.#add(start, end, hash, slot);
      if (this.#hashes[code] === hash && this.#equals(code, start, end)) return code;
    }
  }

  /**
   * @returns the code of a text that does not stand in the bytes. The same text read from the bytes may have
   * another code: what a code means is its text.
   */
  internText(text: string): number {
    const known = this.#constants.get(text);
    if (known !== undefined) return known;
    const code = this.#append(-1, -1, 0, text);
    this.#constants.set(text, code);
    return code;
  }

  #equals(code: number, start: number, end: number): boolean {
    const known = this.#starts[code];
    if (this.#ends[code] - known !== end - start) return false;
    const shift = known - start;
    for (let i = start; i < end; i++) {
      if (this.#bytes[i] !== this.#bytes[i + shift]) return false;
    }
    return true;
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    const code = this.#append(start, end, hash, this.#bytes.toString('utf8', start, end));
    this.#slots[slot] = code + 1;
    if (this.texts.length * 2 > this.#slots.length) this.#rehash();
    return code;
  }

  #append(start: number, end: number, hash: number, text: string): number {
    const code = this.texts.length;
    if (code === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
      this.#hashes = grown(this.#hashes);
    }
    this.#starts[code] = start;
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    this.texts.push(text);
    return code;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let code = 0; code < this.texts.length; code++) {
      // A constant stands in no bytes and is found by its own map.
      if (this.#starts[code] === -1) continue;
      let slot = this.#hashes[code] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
