import { Buffer } from 'node:buffer';
import { readSync } from 'node:fs';
import { DamagedPage } from './damaged-page.ts';

/** The size of pages in the header of the file, where 1 stands for 65,536, and the bytes of each that are not used. */
const PAGE_SIZE = 16;
const RESERVED = 20;
const HEADER_BYTES = 100;

/** Pages that stand near each other are read at once, with those between them. */
const RUN_BYTES = 1 << 18;
const MOST_BETWEEN = 8;

/** Reads pages of a database file that nobody changes meanwhile. SQLite file format, sections 1.2 and 1.3. */
export class PageReader {
  readonly pageSize: number;
  /** Of each page, what records may use. */
  readonly usableSize: number;
  readonly #fd: number;
  readonly #run: Buffer;
  readonly #view: DataView;

  constructor(fd: number) {
    this.#fd = fd;
    const header = Buffer.alloc(HEADER_BYTES);
    readSync(fd, header, 0, HEADER_BYTES, 0);
    const size = header.readUInt16BE(PAGE_SIZE);
    this.pageSize = size === 1 ? 1 << 16 : size;
    this.usableSize = this.pageSize - header[RESERVED];
    this.#run = Buffer.alloc(Math.max(RUN_BYTES, this.pageSize));
    this.#view = viewOf(this.#run);
  }

  page(pageNumber: number): Buffer {
    const page = Buffer.allocUnsafe(this.pageSize);
    this.#read(page, this.pageSize, pageNumber);
    return page;
  }

  /** Visits pages in their order; what `visit` gets is good until it returns. */
  forEach(
    pageNumbers: readonly number[],
    visit: (bytes: Buffer, view: DataView, pageStart: number, pageNumber: number) => void,
  ): void {
    const mostPages = this.#run.length / this.pageSize;
    for (let i = 0, next = 0; i < pageNumbers.length; i = next) {
      const first = pageNumbers[i];
      next = i + 1;
      while (next < pageNumbers.length) {
        const step = pageNumbers[next] - pageNumbers[next - 1];
        if (step < 1 || step > MOST_BETWEEN || pageNumbers[next] - first >= mostPages) break;
        next++;
      }
      const length = (pageNumbers[next - 1] - first + 1) * this.pageSize;
      this.#read(this.#run, length, first);
      for (let at = i; at < next; at++) {
        visit(this.#run, this.#view, (pageNumbers[at] - first) * this.pageSize, pageNumbers[at]);
      }
    }
  }

  #read(into: Buffer, length: number, firstPage: number): void {
    const read = readSync(this.#fd, into, 0, length, (firstPage - 1) * this.pageSize);
    if (read < length) throw new DamagedPage(firstPage, 'or one behind it is not in the file');
  }
}

export function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
