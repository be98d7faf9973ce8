import { writeSync } from 'node:fs';

/** What every thread that writes pages of one file shares; plain data and one shared counter. */
export interface PageFileShare {
  /** Open for writing; descriptors belong to the process, not to a thread. */
  readonly fd: number;
  readonly pageSize: number;
  /** How many pages there are, the lock-byte page left out. */
  readonly count: Int32Array<SharedArrayBuffer>;
}

/** SQLite never uses the page that holds this byte: locks are taken on it. File format, section 1.4. */
const LOCK_BYTE = 2 ** 30;

/** Appends finished pages to a database file that no connection has open, from any number of threads. */
export class PageFile {
  readonly pageSize: number;
  readonly #fd: number;
  readonly #count: Int32Array<SharedArrayBuffer>;
  readonly #lockPage: number;

  constructor({ fd, pageSize, count }: PageFileShare) {
    this.#fd = fd;
    this.pageSize = pageSize;
    this.#count = count;
    this.#lockPage = LOCK_BYTE / pageSize + 1;
  }

  /**
   * Writes whole pages at the end of the file.
   * @returns the place of the first; the others follow it. `pageNumber` tells their numbers.
   */
  append(pages: Uint8Array): number {
    const first = this.reserve(pages.length / this.pageSize);
    this.writeFrom(first, pages);
    return first;
  }

  /** Writes whole pages to places that were taken, from the first of them on. */
  writeFrom(first: number, pages: Uint8Array): void {
    const untilLock = Math.max(0, this.#lockPage - 1 - first) * this.pageSize;
    const before = pages.subarray(0, untilLock);
    const after = pages.subarray(untilLock);
    if (before.length > 0) this.write(this.pageNumber(first), before);
    if (after.length > 0) {
      this.write(this.pageNumber(first + before.length / this.pageSize), after);
    }
  }

  /** Takes places at the end of the file, for pages that must know their numbers before they are written. */
  reserve(pages: number): number {
    return Atomics.add(this.#count, 0, pages);
  }

  /** The number of the page at a place: from 1, and the lock-byte page has no place. */
  pageNumber(place: number): number {
    return place + 1 < this.#lockPage ? place + 1 : place + 2;
  }

  write(pageNumber: number, pages: Uint8Array): void {
    let position = (pageNumber - 1) * this.pageSize;
    for (let rest = pages; rest.length > 0; ) {
      const written = writeSync(this.#fd, rest, 0, rest.length, position);
      position += written;
      rest = rest.subarray(written);
    }
  }

  /** The number of the last page. */
  get lastPage(): number {
    return this.pageNumber(Atomics.load(this.#count, 0) - 1);
  }
}
