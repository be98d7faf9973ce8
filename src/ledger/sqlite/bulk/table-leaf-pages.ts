import { NEXT_PAGE_BYTES, OverflowPages } from './overflow-pages.ts';
import type { PageFile } from './page-file.ts';
import type { SqliteRecord } from './record.ts';
import { varintLength, writeVarint } from './varint.ts';
import { viewOf } from './view-of.ts';

/** Finished leaf pages of a table, in the order of their rows. */
export interface TableLeaves {
  /** Page numbers. */
  readonly pages: Float64Array<ArrayBuffer>;
  /** For each page its last row id. */
  readonly lastRowIds: Float64Array<ArrayBuffer>;
}

/** Memory for pages, reused from batch to batch by the worker that owns it. */
export class PageBuffer {
  bytes = Buffer.alloc(1 << 20);
  /** The cells of the page in work. */
  readonly cells = new GrowingBytes();

  /** Keeps what is there. */
  grow(): void {
    const larger = Buffer.alloc(2 * this.bytes.length);
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

/** Bytes with a view of them. */
class GrowingBytes {
  bytes = Buffer.alloc(1 << 13);
  view = viewOf(this.bytes);

  /** Makes them at least so many, and keeps what is there. */
  growTo(length: number): void {
    const larger = Buffer.alloc(2 * length);
    this.bytes.copy(larger);
    this.bytes = larger;
    this.view = viewOf(larger);
  }
}

const LEAF_TABLE_PAGE = 0x0d;
const HEADER_BYTES = 8;
const POINTER_BYTES = 2;
/** The size of a record, a row id, the header of the record and one type, each of which takes a byte or more. */
const LEAST_CELL_BYTES = 4;

/**
 * Packs rows, in ascending order of row id, into leaf pages of a table b-tree.
 *
 * A row is written once, straight behind the row before it, into memory that all pages have in common. When the
 * next one does not fit any more, all cells move to the end of their page at once.
 * SQLite file format, sections 1.6 (cells) and 2.3 (tables).
 */
export class TableLeafPages {
  readonly #file: PageFile;
  readonly #pageSize: number;
  readonly #overflow: OverflowPages;
  readonly #lastRowIds: number[] = [];
  readonly #buffer: PageBuffer;
  readonly #cells: GrowingBytes;
  /** Where each cell of the page in work begins. */
  readonly #starts: Int32Array;
  #pageStart = 0;
  #count = 0;
  #cellsEnd = 0;
  #lastRowId = 0;
  /** Of the row that was begun: how many bytes are kept free for the size of its record, and where that begins. */
  #sizeBytes = 0;
  #rowId = 0;
  #recordStart = 0;

  constructor(file: PageFile, buffer: PageBuffer) {
    this.#file = file;
    this.#pageSize = file.pageSize;
    this.#overflow = OverflowPages.ofTable(file);
    this.#buffer = buffer;
    this.#cells = buffer.cells;
    this.#starts = new Int32Array(file.pageSize / (POINTER_BYTES + LEAST_CELL_BYTES));
  }

  append(rowId: number, record: SqliteRecord): void {
    const { size } = record;
    const at = this.begin(rowId, size);
    this.end(record.copyTo(this.#cells.bytes, at));
  }

  /**
   * Begins the next row.
   * @param most bytes that its record may take.
   * @returns where the record is to be written in `bytes` and `view`, which may be others for each row.
   */
  begin(rowId: number, most: number): number {
    const start = this.#cellsEnd;
    const needed = start + most + MOST_BESIDES;
    if (needed > this.#cells.bytes.length) this.#cells.growTo(needed);
    this.#rowId = rowId;
    this.#sizeBytes = varintLength(most);
    this.#recordStart = writeVarint(this.#cells.bytes, start + this.#sizeBytes, rowId);
    return this.#recordStart;
  }

  get bytes(): Buffer {
    return this.#cells.bytes;
  }

  get view(): DataView {
    return this.#cells.view;
  }

  /** Ends the row, whose record ends there. */
  end(recordEnd: number): void {
    const { bytes } = this.#cells;
    const start = this.#cellsEnd;
    const size = recordEnd - this.#recordStart;
    let end = recordEnd;
    const local = this.#overflow.localSize(size);
    if (local < size) {
      end = this.#recordStart + local;
      const page = this.#overflow.writeChain(bytes.subarray(end, recordEnd));
      bytes.writeUInt32BE(page, end);
      end += NEXT_PAGE_BYTES;
    }
    const surplus = this.#sizeBytes - varintLength(size);
    if (surplus > 0) {
      bytes.copyWithin(start + this.#sizeBytes - surplus, start + this.#sizeBytes, end);
      end -= surplus;
    }
    writeVarint(bytes, start, size);
    if (HEADER_BYTES + POINTER_BYTES * (this.#count + 1) + end > this.#pageSize) {
      this.#nextPage();
      bytes.copyWithin(0, start, end);
      end -= start;
    }
    this.#starts[this.#count++] = this.#cellsEnd;
    this.#cellsEnd = end;
    this.#lastRowId = this.#rowId;
  }

  /** Writes the pages to the file. */
  finish(): TableLeaves {
    if (this.#count > 0) this.#closePage();
    const count = this.#lastRowIds.length;
    const pages = new Float64Array(count);
    if (count > 0) {
      const first = this.#file.append(this.#buffer.bytes.subarray(0, count * this.#pageSize));
      for (let i = 0; i < count; i++) pages[i] = this.#file.pageNumber(first + i);
    }
    return { pages, lastRowIds: Float64Array.from(this.#lastRowIds) };
  }

  #nextPage(): void {
    this.#closePage();
    this.#pageStart += this.#pageSize;
    this.#count = 0;
    this.#cellsEnd = 0;
    if (this.#pageStart === this.#buffer.bytes.length) this.#buffer.grow();
  }

  #closePage(): void {
    const pages = this.#buffer.bytes;
    const start = this.#pageStart;
    const cellsStart = this.#pageSize - this.#cellsEnd;
    writeLeafHeader(pages, start, LEAF_TABLE_PAGE, this.#count, cellsStart);
    let at = start + HEADER_BYTES;
    for (let i = 0; i < this.#count; i++) {
      const pointer = cellsStart + this.#starts[i];
      pages[at++] = pointer >> 8;
      pages[at++] = pointer;
    }
    // What an earlier page has left between pointers and cells belongs to no row.
    pages.fill(0, at, start + cellsStart);
    this.#cells.bytes.copy(pages, start + cellsStart, 0, this.#cellsEnd);
    this.#lastRowIds.push(this.#lastRowId);
  }
}

/** What a cell takes besides its record: its size, its row id, and the number of its first overflow page. */
const MOST_BESIDES = 9 + 9 + NEXT_PAGE_BYTES;

/** The header of a page without freeblocks or fragments. Section 1.6. */
function writeLeafHeader(
  pages: Buffer,
  pageStart: number,
  type: number,
  cells: number,
  cellsStart: number,
): void {
  pages[pageStart] = type;
  pages.writeUInt16BE(0, pageStart + 1);
  pages.writeUInt16BE(cells, pageStart + 3);
  // A content area that begins at 65,536 is written as 0.
  pages.writeUInt16BE(cellsStart & 0xffff, pageStart + 5);
  pages[pageStart + 7] = 0;
}
