import type { IndexKernel } from './index-kernel.ts';
import { IndexTree, indexRegionSizes } from './index-tree.ts';
import { IDS_PER_OWNER } from './job-owners.ts';
import { OWNER_ID, type OwnerId } from './owner-ranks.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { BLOCK_ROWS, type RowColumns } from './row-columns.ts';

/** An index of `jobs` over ids of the owner, then the end, and the columns of all jobs that it is made of. */
export interface IndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly columns: readonly OwnerId[];
  readonly rows: RowColumns;
  readonly ownerIds: Int32Array<ArrayBuffer>;
}

/** What a row takes in the order of all. */
const ORDER_BYTES = 8;
/**
 * Rows that the kernel is given at once. They stay in the cache, and the engine, which changes to its faster code of a
 * function only between two calls, has many occasions to.
 */
const PIECE_ROWS = 1 << 13;

/**
 * Sorts all rows and writes one index of them to the file: by the ids of their owners, then by end, then by row. The
 * rows of equal ids are counted and put together in the order that they have, in which few are late.
 */
export function writeIndex(writing: IndexWriting, kernel: IndexKernel): void {
  const { rows, ownerIds, columns } = writing;
  const { exports } = kernel;
  const file = new PageFile(writing.file);
  const owners = ownerIds.length / IDS_PER_OWNER;
  const at = kernel.layOut({
    ownerIds: ownerIds.byteLength,
    groups: 4 * owners,
    examples: 4 * owners,
    groupEnds: 4 * (owners + 1),
    rowEnds: 4 * PIECE_ROWS,
    rowOwners: 4 * PIECE_ROWS,
    order: ORDER_BYTES * Math.max(rows.rows, 2 * owners),
    ...indexRegionSizes(file.pageSize),
  });
  kernel.words(at.ownerIds, ownerIds.length).set(ownerIds);
  for (const [i, column] of columns.entries()) exports.setColumn(i, OWNER_ID[column]);
  exports.groupOwners(columns.length, at.ownerIds, owners, at.groups, at.examples, at.order);
  exports.beginOrder(at.order, at.groupEnds);
  forEachPiece(rows, (block, from, to) => {
    kernel.words(at.rowOwners, to - from).set(rows.owners[block].subarray(from, to));
    exports.countRows(at.rowOwners, to - from);
  });
  exports.placeGroups();
  forEachPiece(rows, (block, from, to) => {
    kernel.words(at.rowOwners, to - from).set(rows.owners[block].subarray(from, to));
    kernel.words(at.rowEnds, to - from).set(rows.ends[block].subarray(from, to));
    exports.placeRows(block * BLOCK_ROWS + from + 1, at.rowEnds, at.rowOwners, to - from);
  });
  // What is set aside meanwhile takes the place of the pages.
  exports.sortGroups(at.pages);
  const tree = new IndexTree(kernel, file, writing.rootPage, at);
  exports.beginOwnerEntries(at.order);
  tree.write(() => exports.packOwnerEntries(), demandNoStep);
}

function forEachPiece(
  { rows, ends }: RowColumns,
  visit: (block: number, from: number, to: number) => void,
): void {
  for (const block of ends.keys()) {
    const blockEnd = Math.min(BLOCK_ROWS, rows - block * BLOCK_ROWS);
    for (let from = 0; from < blockEnd; from += PIECE_ROWS) {
      visit(block, from, Math.min(from + PIECE_ROWS, blockEnd));
    }
  }
}

function demandNoStep(step: number): void {
  throw new Error(`packing an index by owner has stopped for no known reason: ${step}`);
}
