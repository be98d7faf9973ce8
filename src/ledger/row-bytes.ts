export type RowValue = string | number | null;

const NULL_TAG = 0;
const NUMBER_TAG = 1;
const TEXT_TAG = 2;
const NUMBER_BYTES = 8;
const LENGTH_BYTES = 4;
/** UTF-8 needs at most this for each code unit of a string. */
const MOST_BYTES_PER_UNIT = 3;

/**
 * One row as bytes that no other row has: a tag for each value, then a number by the bits of its double, or a
 * text as its length and UTF-8. NULL, 0 and an empty text differ, and no value can lean over into the next.
 * Integers are exact to 2^53, beyond which a ledger holds none.
 */
export class RowBytes {
  #bytes = Buffer.alloc(4096);
  #view = viewOf(this.#bytes);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Forgets all that was added after it had this length. */
  truncate(length: number): void {
    this.#length = length;
  }

  add(value: RowValue): void {
    if (value === null) {
      this.#makeRoom(1);
      this.#bytes[this.#length++] = NULL_TAG;
    } else if (typeof value === 'number') {
      this.#makeRoom(1 + NUMBER_BYTES);
      this.#bytes[this.#length++] = NUMBER_TAG;
      this.#view.setFloat64(this.#length, value, true);
      this.#length += NUMBER_BYTES;
    } else {
      this.#makeRoom(1 + LENGTH_BYTES + value.length * MOST_BYTES_PER_UNIT);
      this.#bytes[this.#length++] = TEXT_TAG;
      const written = this.#bytes.write(value, this.#length + LENGTH_BYTES);
      this.#view.setUint32(this.#length, written, true);
      this.#length += LENGTH_BYTES + written;
    }
  }

  /** What was added; good until the next change. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #makeRoom(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.alloc(needed * 2);
    larger.set(this.bytes());
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
