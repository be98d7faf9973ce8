import { OverflowPages } from './overflow-pages.ts';
import type { PageFile } from './page-file.ts';
import type { SqliteRecord } from './record.ts';
import { varintLength, writeVarint } from './varint.ts';

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

  /** Keeps what is there. */
  grow(): void {
    const larger = Buffer.alloc(2 * this.bytes.length);
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

const LEAF_TABLE_PAGE = 0x0d;
const HEADER_BYTES = 8;
const POINTER_BYTES = 2;

/**
 * Packs rows, in ascending order of row id, into leaf pages of a table b-tree.
 * SQLite file format, sections 1.6 (cells) and 2.3 (tables).
 */
export class TableLeafPages {
  readonly #file: PageFile;
  readonly #pageSize: number;
  readonly #overflow: OverflowPages;
  readonly #lastRowIds: number[] = [];
  readonly #buffer: PageBuffer;
  #pageStart = 0;
  #cells = 0;
  /** Where the last cell of the page begins; cells are laid from the end of the page. */
  #cellsStart: number;
  #lastRowId = 0;

  constructor(file: PageFile, buffer: PageBuffer) {
    this.#file = file;
    this.#pageSize = file.pageSize;
    this.#overflow = OverflowPages.ofTable(file);
    this.#buffer = buffer;
    this.#cellsStart = file.pageSize;
  }

  append(rowId: number, record: SqliteRecord): void {
    const size = record.size;
    const local = this.#overflow.localSize(size);
    const cellSize = varintLength(size) + varintLength(rowId) + local + (local < size ? 4 : 0);
    const pointersEnd = HEADER_BYTES + POINTER_BYTES * (this.#cells + 1);
    if (this.#cellsStart - cellSize < pointersEnd) this.#nextPage();
    this.#cellsStart -= cellSize;
    const pages = this.#buffer.bytes;
    let at = this.#pageStart + this.#cellsStart;
    at = writeVarint(pages, at, size);
    at = writeVarint(pages, at, rowId);
    if (local === size) record.copyTo(pages, at);
    else this.#overflow.spill(record, local, pages, at);
    pages.writeUInt16BE(
      this.#cellsStart,
      this.#pageStart + HEADER_BYTES + POINTER_BYTES * this.#cells,
    );
    this.#cells++;
    this.#lastRowId = rowId;
  }

  /** Writes the pages to the file. */
  finish(): TableLeaves {
    if (this.#cells > 0) this.#closePage();
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
    this.#cells = 0;
    this.#cellsStart = this.#pageSize;
    if (this.#pageStart === this.#buffer.bytes.length) this.#buffer.grow();
  }

  #closePage(): void {
    const pages = this.#buffer.bytes;
    const pointersEnd = HEADER_BYTES + POINTER_BYTES * this.#cells;
    // What an earlier page has left between pointers and cells belongs to no row.
    pages.fill(0, this.#pageStart + pointersEnd, this.#pageStart + this.#cellsStart);
    writeLeafHeader(pages, this.#pageStart, LEAF_TABLE_PAGE, this.#cells, this.#cellsStart);
    this.#lastRowIds.push(this.#lastRowId);
  }
}

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
