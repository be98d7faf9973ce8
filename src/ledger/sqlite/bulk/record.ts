import { varintLength, writeVarint } from './varint.ts';

/** Integers from -2^47 to below it fit six bytes; SQLite keeps any other whole REAL as a floating-point number. */
const SIX_BYTES_END = 2 ** 47;
const TWO_TO_32 = 2 ** 32;

/**
 * One row as SQLite stores it: a header of serial types, then the values. Built value by value and reused.
 * SQLite file format, section 2.1.
 */
export class SqliteRecord {
  #types = new Uint8Array(256);
  #typesLength = 0;
  #body = Buffer.alloc(4096);
  #view = viewOf(this.#body);
  #bodyLength = 0;

  clear(): void {
    this.#typesLength = 0;
    this.#bodyLength = 0;
  }

  null(): void {
    this.#types[this.#typesLength++] = 0;
  }

  /** A whole number; NaN is NULL. */
  integer(value: number): void {
    const small = value | 0;
    const types = this.#types;
    const body = this.#body;
    const at = this.#bodyLength;
    if (small !== value) {
      this.#largeInteger(value);
    } else if (small === 0 || small === 1) {
      types[this.#typesLength++] = 8 + small;
    } else if (small >= -128 && small <= 127) {
      types[this.#typesLength++] = 1;
      body[at] = small;
      this.#bodyLength = at + 1;
    } else if (small >= -32_768 && small <= 32_767) {
      types[this.#typesLength++] = 2;
      body[at] = small >> 8;
      body[at + 1] = small;
      this.#bodyLength = at + 2;
    } else if (small >= -8_388_608 && small <= 8_388_607) {
      types[this.#typesLength++] = 3;
      body[at] = small >> 16;
      body[at + 1] = small >> 8;
      body[at + 2] = small;
      this.#bodyLength = at + 3;
    } else {
      types[this.#typesLength++] = 4;
      this.#view.setInt32(at, small);
      this.#bodyLength = at + 4;
    }
  }

  /**
   * A value of a REAL column; NaN is NULL. A whole number is stored as an integer, as SQLite does to save
   * space, and read back as REAL.
   */
  real(value: number): void {
    if (Number.isInteger(value) && fitsSixBytes(value)) {
      this.integer(value);
    } else if (Number.isNaN(value)) {
      this.null();
    } else {
      this.#types[this.#typesLength++] = 7;
      this.#view.setFloat64(this.#bodyLength, value);
      this.#bodyLength += 8;
    }
  }

  /** UTF-8 text. */
  text(bytes: Uint8Array, start: number, length: number): void {
    this.#typesLength = writeVarint(this.#types, this.#typesLength, 13 + 2 * length);
    const at = this.#bodyLength;
    if (at + length + ROOM > this.#body.length) this.#grow(length);
    const body = this.#body;
    for (let i = 0; i < length; i++) body[at + i] = bytes[start + i];
    this.#bodyLength = at + length;
  }

  blob(bytes: Uint8Array): void {
    this.#typesLength = writeVarint(this.#types, this.#typesLength, 12 + 2 * bytes.length);
    const at = this.#bodyLength;
    if (at + bytes.length + ROOM > this.#body.length) this.#grow(bytes.length);
    this.#body.set(bytes, at);
    this.#bodyLength = at + bytes.length;
  }

  /** Bytes of the whole record. */
  get size(): number {
    return this.#headerSize() + this.#bodyLength;
  }

  /** Writes the whole record. @returns the offset after it. */
  copyTo(target: Uint8Array, at: number): number {
    const types = this.#types;
    let to = writeVarint(target, at, this.#headerSize());
    for (let i = 0; i < this.#typesLength; i++) target[to++] = types[i];
    this.#body.copy(target, to, 0, this.#bodyLength);
    return to + this.#bodyLength;
  }

  /** The header tells its own size, and that number's size counts too. */
  #headerSize(): number {
    const size = this.#typesLength + 1;
    return size < 128 ? size : this.#typesLength + varintLength(size + 1);
  }

  #largeInteger(value: number): void {
    if (Number.isNaN(value)) {
      this.null();
      return;
    }
    const high = Math.floor(value / TWO_TO_32);
    const low = value - high * TWO_TO_32;
    if (fitsSixBytes(value)) {
      this.#types[this.#typesLength++] = 5;
      this.#view.setInt16(this.#bodyLength, high);
      this.#view.setUint32(this.#bodyLength + 2, low);
      this.#bodyLength += 6;
    } else {
      this.#types[this.#typesLength++] = 6;
      this.#view.setInt32(this.#bodyLength, high);
      this.#view.setUint32(this.#bodyLength + 4, low);
      this.#bodyLength += 8;
    }
  }

  #grow(length: number): void {
    const larger = Buffer.alloc(2 * (this.#body.length + length));
    this.#body.copy(larger, 0, 0, this.#bodyLength);
    this.#body = larger;
    this.#view = viewOf(larger);
  }
}

/** Kept free behind a text or a blob, so that the numbers of a row need no check; a row has fewer than 64 of them. */
const ROOM = 64 * 8;

function fitsSixBytes(value: number): boolean {
  return value >= -SIX_BYTES_END && value < SIX_BYTES_END;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
