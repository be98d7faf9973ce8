import { MOST_NUMBER_BYTES, textType, writeInteger, writeReal } from './record-values.ts';
import { varintLength, writeVarint } from './varint.ts';
import { viewOf } from './view-of.ts';

/**
 * One row or entry of an index as SQLite stores it: a header of serial types, then the values. Built value by
 * value and reused. SQLite file format, section 2.1.
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
    const typeAt = this.#typesLength++;
    this.#bodyLength = writeInteger(this.#types, typeAt, this.#view, this.#bodyLength, value);
  }

  /** A value of a REAL column; NaN is NULL. */
  real(value: number): void {
    const typeAt = this.#typesLength++;
    this.#bodyLength = writeReal(this.#types, typeAt, this.#view, this.#bodyLength, value);
  }

  /** UTF-8 text. */
  text(bytes: Uint8Array, start: number, length: number): void {
    this.#typesLength = writeVarint(this.#types, this.#typesLength, textType(length));
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

  #grow(length: number): void {
    const larger = Buffer.alloc(2 * (this.#body.length + length));
    this.#body.copy(larger, 0, 0, this.#bodyLength);
    this.#body = larger;
    this.#view = viewOf(larger);
  }
}

/** Kept free behind a text or a blob, so that the numbers of a row need no check; a row has fewer than 64 of them. */
const ROOM = 64 * MOST_NUMBER_BYTES;
