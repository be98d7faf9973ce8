/** Collects texts of unknown number as UTF-8, one behind the other. */
export class TextBytes {
  #bytes: Buffer<ArrayBuffer>;
  #length = 0;

  constructor(expectedBytes: number) {
    this.#bytes = Buffer.from(new ArrayBuffer(Math.max(expectedBytes, 1024)));
  }

  get length(): number {
    return this.#length;
  }

  /** @returns where it ends; it begins where the one before ended. */
  append(text: string): number {
    // No code unit takes more than three bytes.
    const most = this.#length + 3 * text.length;
    if (most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    return this.#length;
  }

  /** All texts; nothing may be added afterwards. */
  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer, 0, this.#length);
  }

  #grow(least: number): void {
    const larger = Buffer.from(new ArrayBuffer(Math.max(least, 2 * this.#bytes.length)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
