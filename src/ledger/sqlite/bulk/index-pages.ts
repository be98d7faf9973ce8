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
  /** Leaves that wait to be written, and the one that is being filled. */
  readonly #leaves: Buffer;
  readonly #file: PageFile;
  readonly #overflow: OverflowPages;
  readonly #rootPage: number;
  readonly #leaf: PageInWork;
  #leafCount = 0;
  /** Levels above the leaves, lowest first; each holds the page that is being filled. */
  readonly #levels: PageInWork[] = [];
  /** Places of finished leaves that the parents will point to, given out when the leaves are written. */
  #waiting: Buffer[] = [];

  constructor(file: PageFile, rootPage: number) {
    this.#file = file;
    this.#overflow = OverflowPages.ofIndex(file);
    this.#rootPage = rootPage;
    this.#leaves = Buffer.alloc(LEAVES_PER_WRITE * file.pageSize);
    this.#leaf = new PageInWork(this.#leaves, file.pageSize, LEAF_HEADER_BYTES);
  }

  append(entry: SqliteRecord): void {
    const size = entry.size;
    const local = this.#overflow.localSize(size);
    const cellSize = varintLength(size) + local + (local < size ? NEXT_PAGE_BYTES : 0);
    const at = writeVarint(this.#leaves, this.#placeCell(cellSize), size);
    if (local === size) entry.copyTo(this.#leaves, at);
    else this.#overflow.spill(entry, local, this.#leaves, at);
  }

  finish(): void {
    this.#leaf.close(LEAF_INDEX_PAGE);
    if (this.#levels.length === 0 && this.#waiting.length === 0) {
      this.#file.write(this.#rootPage, this.#leaves.subarray(0, this.#file.pageSize));
      return;
    }
    this.#leafCount++;
    let lastChild = this.#writeLeaves();
    for (let level = 0; level < this.#levels.length; level++) {
      const page = this.#levels[level];
      page.close(INTERIOR_INDEX_PAGE, lastChild);
      if (level === this.#levels.length - 1) this.#file.write(this.#rootPage, page.bytes);
      else lastChild = this.#file.pageNumber(this.#file.append(page.bytes));
    }
  }

  /** @returns the offset in `leaves` of the next entry's cell. */
  #placeCell(cellSize: number): number {
    if (!this.#leaf.hasRoom(cellSize)) this.#finishLeaf();
    return this.#leaf.place(cellSize);
  }

  #finishLeaf(): void {
    this.#waiting.push(this.#leaf.removeLast());
    this.#leaf.close(LEAF_INDEX_PAGE);
    this.#leafCount++;
    // The divider of the last leaf is told only with the leaf after it.
    if (this.#leafCount === LEAVES_PER_WRITE) this.#writeLeaves();
    this.#leaf.begin(this.#leafCount * this.#file.pageSize);
  }

  /** @returns the page number of the last leaf. */
  #writeLeaves(): number {
    const leaves = this.#leaves.subarray(0, this.#leafCount * this.#file.pageSize);
    const first = this.#file.append(leaves);
    leaves.fill(0);
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

  #newInterior(): PageInWork {
    const { pageSize } = this.#file;
    return new PageInWork(Buffer.alloc(pageSize), pageSize, INTERIOR_HEADER_BYTES);
  }
}

/** A page that is being filled, within some bytes that are 0: pointers grow from its front, cells from its end. */
class PageInWork {
  readonly bytes: Buffer;
  readonly #view: DataView;
  readonly #pageSize: number;
  readonly #headerBytes: number;
  #start = 0;
  #cells = 0;
  /** The offset of the cell that was placed last, from the beginning of the page. */
  #cellsStart = 0;
  #lastCellsStart = 0;
  #pointersEnd = 0;

  constructor(bytes: Buffer, pageSize: number, headerBytes: number) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#pageSize = pageSize;
    this.#headerBytes = headerBytes;
    this.begin(0);
  }

  /** Goes on with the page that begins at an offset. */
  begin(start: number): void {
    this.#start = start;
    this.#cells = 0;
    this.#cellsStart = this.#pageSize;
    this.#lastCellsStart = this.#pageSize;
    this.#pointersEnd = this.#headerBytes;
  }

  hasRoom(cellSize: number): boolean {
    return this.#cellsStart - cellSize >= this.#pointersEnd + POINTER_BYTES;
  }

  /** @returns the offset in `bytes` where to write the cell. */
  place(cellSize: number): number {
    this.#lastCellsStart = this.#cellsStart;
    this.#cellsStart -= cellSize;
    this.#view.setUint16(this.#start + this.#pointersEnd, this.#cellsStart);
    this.#pointersEnd += POINTER_BYTES;
    this.#cells++;
    return this.#start + this.#cellsStart;
  }

  /** Takes back the cell that was placed last. */
  removeLast(): Buffer {
    const placed = this.bytes.subarray(
      this.#start + this.#cellsStart,
      this.#start + this.#lastCellsStart,
    );
    const cell = Buffer.from(placed);
    placed.fill(0);
    this.#cells--;
    this.#pointersEnd -= POINTER_BYTES;
    this.#view.setUint16(this.#start + this.#pointersEnd, 0);
    this.#cellsStart = this.#lastCellsStart;
    return cell;
  }

  close(type: number, rightmostChild?: number): void {
    this.bytes[this.#start] = type;
    this.#view.setUint16(this.#start + 3, this.#cells);
    // A page of 65,536 bytes that has no cell says 0.
    this.#view.setUint16(this.#start + 5, this.#cellsStart & 0xffff);
    if (rightmostChild !== undefined) this.#view.setUint32(this.#start + 8, rightmostChild);
  }
}
