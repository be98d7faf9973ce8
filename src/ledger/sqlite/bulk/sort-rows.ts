import { IDS_PER_OWNER } from './job-owners.ts';
import { BLOCK_ROWS, blockOf, placeInBlock, type RowColumns } from './row-columns.ts';

/** Positions in an owner's ids. */
export const OWNER_ID = { user: 0, account: 1, queue: 2 } as const;
export type OwnerId = keyof typeof OWNER_ID;

/** The rows that end before a row before them does; all others are in the order of their ends. */
export interface LateRows {
  /** In the order of rows. */
  readonly rows: Uint32Array<SharedArrayBuffer>;
  /** The same by their ends, ties by row. */
  readonly byEnd: Uint32Array<SharedArrayBuffer>;
}

/** History comes almost sorted by end, so what is out of order is mostly short. */
export function lateRows({ rows, ends: blocks }: RowColumns): LateRows {
  const late: number[] = [];
  let latest = 0;
  for (const [i, block] of blocks.entries()) {
    const firstRow = i * BLOCK_ROWS;
    const count = Math.min(block.length, rows - firstRow);
    for (let at = 0; at < count; at++) {
      if (block[at] < latest) late.push(firstRow + at);
      else latest = block[at];
    }
  }
  const end = endOf(blocks);
  const byEnd = Uint32Array.from(late).sort((a, b) => end(a) - end(b) || a - b);
  return { rows: shared(late), byEnd: shared(byEnd) };
}

/** Visits all rows by their end, ties by row: the late ones are merged with the others. */
export function forEachByEnd(
  { rows, ends }: RowColumns,
  late: LateRows,
  visit: (row: number) => void,
): void {
  const end = endOf(ends);
  const lateCount = late.rows.length;
  let skipped = 0;
  let merged = 0;
  for (let row = 0; row < rows; row++) {
    if (skipped < lateCount && late.rows[skipped] === row) {
      skipped++;
      continue;
    }
    while (merged < lateCount && isBefore(late.byEnd[merged], row, end))
      visit(late.byEnd[merged++]);
    visit(row);
  }
  while (merged < lateCount) visit(late.byEnd[merged++]);
}

function endOf(blocks: readonly Uint32Array[]): (row: number) => number {
  return (row) => blocks[blockOf(row)][placeInBlock(row)];
}

function isBefore(a: number, b: number, end: (row: number) => number): boolean {
  return end(a) < end(b) || (end(a) === end(b) && a < b);
}

function shared(values: ArrayLike<number>): Uint32Array<SharedArrayBuffer> {
  const copy = new Uint32Array(new SharedArrayBuffer(4 * values.length));
  copy.set(values);
  return copy;
}

/** Memory for an order of rows, reused from index to index by the worker that owns it. */
export class SortBuffer {
  #order = new Uint32Array(0);

  ofLength(rows: number): Uint32Array {
    if (this.#order.length < rows) this.#order = new Uint32Array(rows);
    return this.#order.subarray(0, rows);
  }
}

/** Rows in order, and where in it the rows end that have the same ids; a group may have no rows. */
export interface OwnerOrder {
  readonly order: Uint32Array;
  readonly groupEnds: Uint32Array;
}

/**
 * The order of rows by some ids of their owners, then by end, then by row: one counting sort over the
 * ranks of the owners, which keeps the order that it is given.
 */
export function orderByOwner(
  all: RowColumns,
  ownerIds: Int32Array,
  columns: readonly OwnerId[],
  late: LateRows,
  buffer: SortBuffer,
): OwnerOrder {
  const { rows, owners } = all;
  const ranks = ownerRanks(ownerIds, columns);
  const starts = new Uint32Array(ranks.length + 1);
  for (let row = 0; row < rows; row++) {
    starts[ranks[owners[blockOf(row)][placeInBlock(row)]] + 1]++;
  }
  for (let rank = 0; rank < ranks.length; rank++) starts[rank + 1] += starts[rank];
  const order = buffer.ofLength(rows);
  forEachByEnd(all, late, (row) => {
    order[starts[ranks[owners[blockOf(row)][placeInBlock(row)]]]++] = row;
  });
  // What was the start of each group has come to its end.
  return { order, groupEnds: starts.subarray(0, ranks.length) };
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
