import { localSize, mostLocal } from '../pages/local-size.ts';
import type { PageFile } from './page-file.ts';
import type { SqliteRecord } from './record.ts';

/** What a page or an entry spends on the number of the page where it goes on. */
export const NEXT_PAGE_BYTES = 4;

/**
 * Rows and entries too long for a page: their beginning stays in it, the rest is a chain of pages.
 * SQLite file format, section 1.6 (how much stays) and 1.7 (the chain).
 */
export class OverflowPages {
  readonly #file: PageFile;
  readonly #mostLocal: number;
  readonly #perPage: number;

  constructor(file: PageFile, mostLocal: number) {
    this.#file = file;
    this.#mostLocal = mostLocal;
    this.#perPage = file.pageSize - NEXT_PAGE_BYTES;
  }

  static ofTable(file: PageFile): OverflowPages {
    return new OverflowPages(file, mostLocal(file.pageSize));
  }

  /** A page of an index must have room for four entries. */
  static ofIndex(file: PageFile): OverflowPages {
    return new OverflowPages(file, Math.floor(((file.pageSize - 12) * 64) / 255) - 23);
  }

  /** How many bytes of a record of this size stay in the page. */
  localSize(size: number): number {
    return localSize(size, this.#file.pageSize, this.#mostLocal);
  }

  /** Writes the first bytes of a record and the number of its first overflow page, and the chain to the file. */
  spill(record: SqliteRecord, local: number, target: Buffer, at: number): void {
    const whole = Buffer.alloc(record.size);
    record.copyTo(whole, 0);
    whole.copy(target, at, 0, local);
    target.writeUInt32BE(this.writeChain(whole.subarray(local)), at + local);
  }

  /** Writes what does not stay in the page to the file. @returns the number of the first page of the chain. */
  writeChain(rest: Buffer): number {
    const count = Math.ceil(rest.length / this.#perPage);
    const chain = Buffer.alloc(count * this.#file.pageSize);
    const first = this.#file.reserve(count);
    for (let i = 0; i < count; i++) {
      const page = chain.subarray(i * this.#file.pageSize, (i + 1) * this.#file.pageSize);
      const next = i + 1 < count ? this.#file.pageNumber(first + i + 1) : 0;
      page.writeUInt32BE(next, 0);
      rest.copy(page, NEXT_PAGE_BYTES, i * this.#perPage, (i + 1) * this.#perPage);
    }
    this.#file.writeFrom(first, chain);
    return this.#file.pageNumber(first);
  }
}
