import { IDS_PER_OWNER } from './job-owners.ts';
import { BLOCK_ROWS, blockOf, placeInBlock, type RowColumns } from './row-columns.ts';

/** Positions in an owner's ids. */
export const OWNER_ID = { user: 0, account: 1, queue: 2 } as const;
export type OwnerId = keyof typeof OWNER_ID;

/**
 * The order of rows by their end, ties by row. History comes almost sorted by end: the few rows that come
 * after a later end are sorted by themselves and merged with the others.
 * @returns null where the rows are in order as they are.
 */
export function orderByEnd({ rows, ends }: RowColumns): Uint32Array<SharedArrayBuffer> | null {
  const late = lateRows(rows, ends);
  if (late.length === 0) return null;
  const end = (row: number): number => ends[blockOf(row)][placeInBlock(row)];
  const byEnd = Uint32Array.from(late).sort((a, b) => end(a) - end(b) || a - b);
  const order = new Uint32Array(new SharedArrayBuffer(4 * rows));
  let placed = 0;
  let nextLate = 0;
  let skipped = 0;
  for (let row = 0; row < rows; row++) {
    if (late[skipped] === row) {
      skipped++;
      continue;
    }
    while (nextLate < byEnd.length && isBefore(byEnd[nextLate], row, end)) {
      order[placed++] = byEnd[nextLate++];
    }
    order[placed++] = row;
  }
  order.set(byEnd.subarray(nextLate), placed);
  return order;
}

function isBefore(a: number, b: number, end: (row: number) => number): boolean {
  return end(a) < end(b) || (end(a) === end(b) && a < b);
}

/** The rows, ascending, that end before a row before them does; the others are in order. */
function lateRows(rows: number, blocks: readonly Uint32Array[]): number[] {
  const late = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const [i, block] of blocks.entries()) {
    const firstRow = i * BLOCK_ROWS;
    const count = Math.min(block.length, rows - firstRow);
    for (let at = 0; at < count; at++) {
      if (block[at] < latest) late.push(firstRow + at);
      else latest = block[at];
    }
  }
  return late;
}

/** Memory for an order of rows, reused from index to index by the worker that owns it. */
export class SortBuffer {
  #order = new Uint32Array(0);

  ofLength(rows: number): Uint32Array {
    if (this.#order.length < rows) this.#order = new Uint32Array(rows);
    return this.#order.subarray(0, rows);
  }
}

/**
 * The order of rows by some ids of their owners, then by end, then by row: one counting sort over the
 * ranks of the owners, which keeps the order that it is given.
 */
export function orderByOwner(
  { rows, owners }: RowColumns,
  ownerIds: Int32Array,
  columns: readonly OwnerId[],
  byEnd: Uint32Array | null,
  buffer: SortBuffer,
): Uint32Array {
  const ranks = ownerRanks(ownerIds, columns);
  const starts = new Uint32Array(ranks.length + 1);
  for (let row = 0; row < rows; row++) {
    starts[ranks[owners[blockOf(row)][placeInBlock(row)]] + 1]++;
  }
  for (let rank = 0; rank < ranks.length; rank++) starts[rank + 1] += starts[rank];
  const order = buffer.ofLength(rows);
  for (let i = 0; i < rows; i++) {
    const row = byEnd === null ? i : byEnd[i];
    order[starts[ranks[owners[blockOf(row)][placeInBlock(row)]]]++] = row;
  }
  return order;
}

/** For each owner its place among the distinct values of the columns; owners with equal values share one. */
export function ownerRanks(ownerIds: Int32Array, columns: readonly OwnerId[]): Int32Array {
  const compare = (a: number, b: number): number => {
    for (const column of columns) {
      const difference =
        ownerIds[a * IDS_PER_OWNER + OWNER_ID[column]] -
        ownerIds[b * IDS_PER_OWNER + OWNER_ID[column]];
      if (difference !== 0) return difference;
    }
    return 0;
  };
  const count = ownerIds.length / IDS_PER_OWNER;
  const sorted = Array.from({ length: count }, (_, owner) => owner).sort(compare);
  const ranks = new Int32Array(count);
  for (let i = 1, rank = 0; i < count; i++) {
    if (compare(sorted[i - 1], sorted[i]) !== 0) rank++;
    ranks[sorted[i]] = rank;
  }
  return ranks;
}
