import { readSync } from 'node:fs';
import type { PageFile } from './page-file.ts';

const HEADER_BYTES = 100;
/** Offsets in the database header. SQLite file format, section 1.3. */
const PAGE_COUNT = 28;
const FIRST_TRUNK_PAGE = 32;
const FREE_PAGES = 36;

/** The first bytes of a database file, which count its pages and lead to the free ones. */
export class FileHeader {
  readonly #file: PageFile;
  readonly #bytes = Buffer.alloc(HEADER_BYTES);

  constructor(file: PageFile, fd: number) {
    this.#file = file;
    readSync(fd, this.#bytes, 0, HEADER_BYTES, 0);
  }

  /** Puts a page that nothing uses on the freelist, as a trunk without leaves. Section 1.5. */
  free(pageNumber: number): void {
    const trunk = Buffer.alloc(this.#file.pageSize);
    trunk.writeUInt32BE(this.#bytes.readUInt32BE(FIRST_TRUNK_PAGE), 0);
    this.#file.write(pageNumber, trunk);
    this.#bytes.writeUInt32BE(pageNumber, FIRST_TRUNK_PAGE);
    this.#bytes.writeUInt32BE(this.#bytes.readUInt32BE(FREE_PAGES) + 1, FREE_PAGES);
  }

  /** Writes the header with the number of pages that the file has now. */
  write(): void {
    this.#bytes.writeUInt32BE(this.#file.lastPage, PAGE_COUNT);
    this.#file.write(1, this.#bytes);
  }
}
