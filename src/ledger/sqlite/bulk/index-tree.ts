import { ALL_PACKED, PAGES_FULL } from '../../../kernel/assembly/packing-steps.ts';
import type { IndexKernel } from './index-kernel.ts';
import type { PageFile } from './page-file.ts';

/** Pages that are written to the file in one go. */
const PAGES_PER_WRITE = 64;

/** Regions of the kernel's memory that an index is made in; the last of them grows. */
export interface IndexRegions {
  readonly pages: number;
  readonly pointers: number;
  readonly pageNumbers: number;
  readonly dividers: number;
}

export function indexRegionSizes(pageSize: number): Record<keyof IndexRegions, number> {
  return {
    pages: PAGES_PER_WRITE * pageSize,
    pointers: pageSize,
    pageNumbers: 4 * PAGES_PER_WRITE,
    dividers: pageSize,
  };
}

/**
 * Has the kernel pack an index and writes its pages to the file; its topmost page goes to the root, whose number the
 * schema has fixed.
 */
export class IndexTree {
  readonly #kernel: IndexKernel;
  readonly #file: PageFile;
  readonly #rootPage: number;
  readonly #at: IndexRegions;

  constructor(kernel: IndexKernel, file: PageFile, rootPage: number, at: IndexRegions) {
    this.#kernel = kernel;
    this.#file = file;
    this.#rootPage = rootPage;
    this.#at = at;
    kernel.exports.beginIndex(
      file.pageSize,
      at.pages,
      PAGES_PER_WRITE,
      at.pointers,
      at.pageNumbers,
      at.dividers,
    );
  }

  /**
   * Packs all leaves, then the levels above them.
   * @param packLeaves goes on with the entries; what it returns besides ALL_PACKED and PAGES_FULL is not known here.
   * @param otherStep does what such a step asks for.
   */
  write(packLeaves: () => number, otherStep: (step: number) => void): void {
    const { exports } = this.#kernel;
    let isRoot = this.#writeLevel(packLeaves, otherStep);
    while (!isRoot) {
      exports.beginInteriorLevel();
      isRoot = this.#writeLevel(() => exports.packInteriorLevel(), otherStep);
    }
  }

  /** @returns whether the level was one page, which is the root. */
  #writeLevel(pack: () => number, otherStep: (step: number) => void): boolean {
    const { exports } = this.#kernel;
    for (let isFirst = true; ; ) {
      const step = pack();
      if (step !== ALL_PACKED && step !== PAGES_FULL) {
        otherStep(step);
        continue;
      }
      const count = exports.finishedPages();
      const pages = this.#kernel.bytes(this.#at.pages, count * this.#file.pageSize);
      if (step === ALL_PACKED && isFirst && count === 1) {
        this.#file.write(this.#rootPage, pages);
        return true;
      }
      const first = this.#file.append(pages);
      const numbers = this.#kernel.words(this.#at.pageNumbers, count);
      for (let i = 0; i < count; i++) numbers[i] = this.#file.pageNumber(first + i);
      exports.passPages();
      if (step === ALL_PACKED) return false;
      isFirst = false;
    }
  }
}
