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

/** A number and the row that it belongs to. */
const ORDER_BYTES = 8;

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
    rowEnds: 4 * BLOCK_ROWS,
    rowOwners: 4 * BLOCK_ROWS,
    order: ORDER_BYTES * Math.max(rows.rows, 2 * owners),
    ...indexRegionSizes(file.pageSize),
  });
  kernel.words(at.ownerIds, ownerIds.length).set(ownerIds);
  for (const [i, column] of columns.entries()) exports.setColumn(i, OWNER_ID[column]);
  exports.groupOwners(columns.length, at.ownerIds, owners, at.groups, at.examples, at.order);
  exports.beginOrder(at.order, at.groupEnds);
  forEachBlock(rows, (block, _, count) => {
    kernel.words(at.rowOwners, count).set(rows.owners[block].subarray(0, count));
    exports.countRows(at.rowOwners, count);
  });
  exports.placeGroups();
  forEachBlock(rows, (block, firstRow, count) => {
    kernel.words(at.rowOwners, count).set(rows.owners[block].subarray(0, count));
    kernel.words(at.rowEnds, count).set(rows.ends[block].subarray(0, count));
    exports.placeRows(firstRow + 1, at.rowEnds, at.rowOwners, count);
  });
  // What is set aside meanwhile takes the place of the pages.
  exports.sortGroups(at.pages);
  const tree = new IndexTree(kernel, file, writing.rootPage, at);
  exports.beginOwnerEntries(at.order);
  tree.write(() => exports.packOwnerEntries(), demandNoStep);
}

function forEachBlock(
  { rows, ends }: RowColumns,
  visit: (block: number, firstRow: number, count: number) => void,
): void {
  for (const block of ends.keys()) {
    const firstRow = block * BLOCK_ROWS;
    visit(block, firstRow, Math.min(BLOCK_ROWS, rows - firstRow));
  }
}

function demandNoStep(step: number): void {
  throw new Error(`packing an index by owner has stopped for no known reason: ${step}`);
}
