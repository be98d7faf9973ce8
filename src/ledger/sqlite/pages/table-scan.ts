import { Buffer } from 'node:buffer';
import type { ColumnBlock } from './column-block.ts';
import { DamagedPage } from './damaged-page.ts';
import { leafPages } from './leaf-pages.ts';
import { localSize, mostLocal } from './local-size.ts';
import { type PageReader, viewOf } from './page-reader.ts';
import { readVarint, varintBytes } from './read-varint.ts';
import type { TableLayout } from './table-layout.ts';
import type { TextCodes } from './text-codes.ts';

const LEAF_TABLE_PAGE = 0x0d;
const CELLS = 3;
const HEADER_BYTES = 8;
const NEXT_PAGE_BYTES = 4;
const TWO_TO_16 = 2 ** 16;
const TWO_TO_32 = 2 ** 32;

/** Serial types. SQLite file format, section 2.1. */
const FLOAT = 7;
const ZERO = 8;
const ONE = 9;
const FIRST_LONG = 12;
/** How many bytes values take, by serial types of one byte. */
const SIZES = Uint8Array.from({ length: 128 }, (_, type) =>
  type < FIRST_LONG ? [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] : (type - FIRST_LONG) >> 1,
);

/**
 * Reads columns of a table out of its leaf pages. A value that SQLite hands over costs some ten times as much
 * as one that is read here, which is what counts where a few columns of all rows are wanted.
 * SQLite file format, sections 1.6 and 2.1.
 */
export class TableScan {
  readonly #pages: PageReader;
  readonly #rootPage: number;
  readonly #texts: TextCodes;
  /** The columns of the table that are wanted, in its order, and the place in the block of each. */
  readonly #wanted: Int32Array;
  readonly #places: Int32Array;
  readonly #mostLocal: number;

  /** @param wanted names of columns; where a row is older than a column, its value is NULL. */
  constructor(
    pages: PageReader,
    { rootPage, columns }: TableLayout,
    wanted: readonly string[],
    texts: TextCodes,
  ) {
    this.#pages = pages;
    this.#rootPage = rootPage;
    this.#texts = texts;
    this.#mostLocal = mostLocal(pages.usableSize);
    this.#wanted = Int32Array.from(wanted, (name) => columns.indexOf(name)).sort();
    this.#places = this.#wanted.map((column) => wanted.indexOf(columns[column]));
  }

  /** Reads the rows of these ids, in their order, in place of what the block had. */
  read(firstId: number, lastId: number, block: ColumnBlock): void {
    block.rows = 0;
    const leaves = leafPages(this.#pages, this.#rootPage, firstId, lastId);
    this.#pages.forEach(leaves, (bytes, view, pageStart, pageNumber) => {
      if (bytes[pageStart] !== LEAF_TABLE_PAGE) throw new DamagedPage(pageNumber, 'is no leaf');
      const cells = view.getUint16(pageStart + CELLS);
      for (let i = 0; i < cells; i++) {
        const cell = pageStart + view.getUint16(pageStart + HEADER_BYTES + 2 * i);
        this.#readCell(bytes, view, cell, firstId, lastId, block);
      }
    });
  }

  #readCell(
    bytes: Buffer,
    view: DataView,
    cell: number,
    firstId: number,
    lastId: number,
    block: ColumnBlock,
  ): void {
    const size = readVarint(bytes, cell);
    const idAt = cell + varintBytes(bytes, cell);
    const id = readVarint(bytes, idAt);
    if (id < firstId || id > lastId) return;
    if (block.rows > 0 && id <= block.ids[block.rows - 1]) {
      throw new DamagedPage(this.#rootPage, `has row ${id} of its table in the wrong place`);
    }
    const recordAt = idAt + varintBytes(bytes, idAt);
    block.ids[block.rows] = id;
    if (size <= this.#mostLocal) {
      this.#readRecord(bytes, view, recordAt, block);
    } else {
      const record = this.#wholeRecord(bytes, recordAt, size);
      this.#readRecord(record, viewOf(record), 0, block);
    }
    block.rows++;
  }

  #readRecord(bytes: Buffer, view: DataView, start: number, block: ColumnBlock): void {
    const wanted = this.#wanted;
    const { columns, rows } = block;
    const bodyAt = start + readVarint(bytes, start);
    let at = start + varintBytes(bytes, start);
    let value = bodyAt;
    let column = 0;
    for (let i = 0; i < columns.length; i++) {
      for (const next = wanted[i]; column < next && at < bodyAt; column++) {
        const type = bytes[at++];
        if (type < 128) {
          value += SIZES[type];
        } else {
          value += (readVarint(bytes, at - 1) - FIRST_LONG) >> 1;
          at += varintBytes(bytes, at - 1) - 1;
        }
      }
      if (at >= bodyAt) {
        columns[this.#places[i]][rows] = Number.NaN;
        continue;
      }
      let type = bytes[at++];
      let size = SIZES[type & 0x7f];
      if (type >= 128) {
        type = readVarint(bytes, at - 1);
        at += varintBytes(bytes, at - 1) - 1;
        size = (type - FIRST_LONG) >> 1;
      }
      this.#store(columns[this.#places[i]], rows, bytes, view, value, type, size);
      value += size;
      column++;
    }
  }

  /** Puts a value where it belongs; to return a fraction would be to allocate it. */
  #store(
    column: Float64Array,
    row: number,
    bytes: Buffer,
    view: DataView,
    at: number,
    type: number,
    size: number,
  ): void {
    if (type === FLOAT) column[row] = view.getFloat64(at);
    else if (type === ZERO || type === ONE) column[row] = type - ZERO;
    else if (type === 1) column[row] = view.getInt8(at);
    else if (type === 2) column[row] = view.getInt16(at);
    else if (type === 3) column[row] = view.getInt8(at) * TWO_TO_16 + view.getUint16(at + 1);
    else if (type === 4) column[row] = view.getInt32(at);
    else if (type === 5) column[row] = view.getInt16(at) * TWO_TO_32 + view.getUint32(at + 2);
    else if (type === 6) column[row] = view.getInt32(at) * TWO_TO_32 + view.getUint32(at + 4);
    else if (type === 0) column[row] = Number.NaN;
    else column[row] = this.#texts.codeOfBytes(bytes, at, at + size);
  }

  /** A record of which the end stands in a chain of other pages. Section 1.7. */
  #wholeRecord(bytes: Buffer, start: number, size: number): Buffer {
    const local = localSize(size, this.#pages.usableSize, this.#mostLocal);
    const record = Buffer.allocUnsafe(size);
    bytes.copy(record, 0, start, start + local);
    let next = bytes.readUInt32BE(start + local);
    for (let at = local; at < size; ) {
      const page = this.#pages.page(next);
      at += page.copy(record, at, NEXT_PAGE_BYTES, this.#pages.usableSize);
      next = page.readUInt32BE(0);
    }
    return record;
  }
}
