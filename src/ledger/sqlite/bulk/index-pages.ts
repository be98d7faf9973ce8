import { NEXT_PAGE_BYTES, OverflowPages } from './overflow-pages.ts';
import type { PageFile } from './page-file.ts';
import type { SqliteRecord } from './record.ts';
import { varintLength, writeVarint } from './varint.ts';

const LEAF_INDEX_PAGE = 0x0a;
const INTERIOR_INDEX_PAGE = 0x02;
const LEAF_HEADER_BYTES = 8;
const INTERIOR_HEADER_BYTES = 12;
const POINTER_BYTES = 2;
const CHILD_BYTES = 4;
/** Leaves that are written to the file in one go. */
const LEAVES_PER_WRITE = 256;

/**
 * Builds an index b-tree from its entries in ascending order; its topmost page goes to the root, whose number
 * the schema has fixed.
 *
 * In an index every entry stands once: where a page is full, its last entry moves up between it and the next
 * page. SQLite file format, sections 1.6 and 2.5.
 */
export class IndexPages {
  readonly #file: PageFile;
  readonly #overflow: OverflowPages;
  readonly #rootPage: number;
  readonly #leaves: Buffer;
  #leafCount = 0;
  #leaf: PageInWork;
  /** Levels above the leaves, lowest first; each holds the page that is being filled. */
  readonly #levels: PageInWork[] = [];
  /** Places of finished leaves that the parents will point to, given out when the leaves are written. */
  #waiting: Buffer[] = [];

  constructor(file: PageFile, rootPage: number) {
    this.#file = file;
    this.#overflow = OverflowPages.ofIndex(file);
    this.#rootPage = rootPage;
    this.#leaves = Buffer.alloc(LEAVES_PER_WRITE * file.pageSize);
    this.#leaf = this.#newLeaf();
  }

  append(entry: SqliteRecord): void {
    const size = entry.size;
    const local = this.#overflow.localSize(size);
    const cellSize = varintLength(size) + local + (local < size ? NEXT_PAGE_BYTES : 0);
    if (!this.#leaf.hasRoom(cellSize)) {
      const divider = this.#leaf.removeLast();
      this.#finishLeaf(divider);
    }
    const pages = this.#leaf.bytes;
    const at = writeVarint(pages, this.#leaf.place(cellSize), size);
    if (local === size) entry.copyTo(pages, at);
    else this.#overflow.spill(entry, local, pages, at);
  }

  finish(): void {
    if (this.#levels.length === 0 && this.#waiting.length === 0) {
      this.#leaf.close(LEAF_INDEX_PAGE);
      this.#file.write(this.#rootPage, this.#leaf.bytes);
      return;
    }
    this.#leaf.close(LEAF_INDEX_PAGE);
    this.#leafCount++;
    let lastChild = this.#writeLeaves();
    for (let level = 0; level < this.#levels.length; level++) {
      const page = this.#levels[level];
      page.close(INTERIOR_INDEX_PAGE, lastChild);
      if (level === this.#levels.length - 1) this.#file.write(this.#rootPage, page.bytes);
      else lastChild = this.#file.pageNumber(this.#file.append(page.bytes));
    }
  }

  #finishLeaf(divider: Buffer): void {
    this.#leaf.close(LEAF_INDEX_PAGE);
    this.#leafCount++;
    this.#waiting.push(divider);
    // The divider of the last leaf is told only with the leaf after it.
    if (this.#leafCount === LEAVES_PER_WRITE) this.#writeLeaves();
    this.#leaf = this.#newLeaf();
  }

  /** @returns the page number of the last leaf. */
  #writeLeaves(): number {
    const first = this.#file.append(
      this.#leaves.subarray(0, this.#leafCount * this.#file.pageSize),
    );
    for (const [i, divider] of this.#waiting.entries()) {
      this.#addDivider(0, this.#file.pageNumber(first + i), divider);
    }
    const last = this.#file.pageNumber(first + this.#leafCount - 1);
    this.#waiting = [];
    this.#leafCount = 0;
    return last;
  }

  /** Adds an entry that stands between a finished child and the next one. */
  #addDivider(level: number, child: number, divider: Buffer): void {
    if (level === this.#levels.length) this.#levels.push(this.#newInterior());
    const cellSize = CHILD_BYTES + divider.length;
    if (!this.#levels[level].hasRoom(cellSize)) {
      const page = this.#levels[level];
      const last = page.removeLast();
      page.close(INTERIOR_INDEX_PAGE, last.readUInt32BE(0));
      const number = this.#file.pageNumber(this.#file.append(page.bytes));
      this.#levels[level] = this.#newInterior();
      this.#addDivider(level + 1, number, last.subarray(CHILD_BYTES));
    }
    const page = this.#levels[level];
    const at = page.place(cellSize);
    page.bytes.writeUInt32BE(child, at);
    divider.copy(page.bytes, at + CHILD_BYTES);
  }

  #newLeaf(): PageInWork {
    const start = this.#leafCount * this.#file.pageSize;
    const bytes = this.#leaves.subarray(start, start + this.#file.pageSize).fill(0);
    return new PageInWork(bytes, LEAF_HEADER_BYTES);
  }

  #newInterior(): PageInWork {
    return new PageInWork(Buffer.alloc(this.#file.pageSize), INTERIOR_HEADER_BYTES);
  }
}

/** A page that is being filled: pointers grow from its front, cells from its end. */
class PageInWork {
  readonly bytes: Buffer;
  readonly #headerBytes: number;
  #cells = 0;
  #cellsStart: number;
  #lastCellsStart: number;

  constructor(bytes: Buffer, headerBytes: number) {
    this.bytes = bytes;
    this.#headerBytes = headerBytes;
    this.#cellsStart = bytes.length;
    this.#lastCellsStart = bytes.length;
  }

  hasRoom(cellSize: number): boolean {
    const pointersEnd = this.#headerBytes + POINTER_BYTES * (this.#cells + 1);
    return this.#cellsStart - cellSize >= pointersEnd;
  }

  /** @returns where to write the cell. */
  place(cellSize: number): number {
    this.#lastCellsStart = this.#cellsStart;
    this.#cellsStart -= cellSize;
    this.bytes.writeUInt16BE(this.#cellsStart, this.#headerBytes + POINTER_BYTES * this.#cells);
    this.#cells++;
    return this.#cellsStart;
  }

  /** Takes back the cell that was placed last. */
  removeLast(): Buffer {
    const cell = Buffer.from(this.bytes.subarray(this.#cellsStart, this.#lastCellsStart));
    this.#cells--;
    this.bytes.writeUInt16BE(0, this.#headerBytes + POINTER_BYTES * this.#cells);
    this.bytes.fill(0, this.#cellsStart, this.#lastCellsStart);
    this.#cellsStart = this.#lastCellsStart;
    return cell;
  }

  close(type: number, rightmostChild?: number): void {
    this.bytes[0] = type;
    this.bytes.writeUInt16BE(this.#cells, 3);
    this.bytes.writeUInt16BE(this.#cellsStart & 0xffff, 5);
    if (rightmostChild !== undefined) this.bytes.writeUInt32BE(rightmostChild, 8);
  }
}
