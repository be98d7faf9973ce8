import { IDS_PER_OWNER } from './job-owners.ts';

/** Positions in an owner's ids. */
export const OWNER_ID = { user: 0, account: 1, queue: 2 } as const;
export type OwnerId = keyof typeof OWNER_ID;

/**
 * The order of rows by their end, ties by row. History comes sorted by end, so mostly nothing is to be done.
 * @returns null where the rows are in order as they are.
 */
export function orderByEnd(ends: Float64Array): Uint32Array<SharedArrayBuffer> | null {
  let sorted = true;
  for (let i = 1; i < ends.length && sorted; i++) sorted = ends[i - 1] <= ends[i];
  if (sorted) return null;
  const order = new Uint32Array(new SharedArrayBuffer(4 * ends.length));
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => ends[a] - ends[b] || a - b);
  return order;
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
  owners: Int32Array,
  ownerIds: Int32Array,
  columns: readonly OwnerId[],
  byEnd: Uint32Array | null,
  buffer: SortBuffer,
): Uint32Array {
  const ranks = ownerRanks(ownerIds, columns);
  const starts = new Uint32Array(ranks.length + 1);
  for (let i = 0; i < owners.length; i++) starts[ranks[owners[i]] + 1]++;
  for (let rank = 0; rank < ranks.length; rank++) starts[rank + 1] += starts[rank];
  const order = buffer.ofLength(owners.length);
  for (let i = 0; i < owners.length; i++) {
    const row = byEnd === null ? i : byEnd[i];
    order[starts[ranks[owners[row]]]++] = row;
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
