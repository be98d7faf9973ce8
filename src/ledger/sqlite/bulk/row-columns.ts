/**
 * What the indexes are sorted by, for every row of `jobs`, row id 1 first: its end, and the code of its owner.
 * Kept in blocks that all threads share, 8 bytes a row, so that growing copies nothing.
 */
export interface RowColumns {
  readonly rows: number;
  readonly ends: readonly Uint32Array<SharedArrayBuffer>[];
  readonly owners: readonly Int32Array<SharedArrayBuffer>[];
}

const BLOCK_BITS = 18;
export const BLOCK_ROWS = 1 << BLOCK_BITS;

export function blockOf(row: number): number {
  return row >>> BLOCK_BITS;
}

export function placeInBlock(row: number): number {
  return row & (BLOCK_ROWS - 1);
}

export class GrowingRowColumns implements RowColumns {
  rows = 0;
  readonly ends: Uint32Array<SharedArrayBuffer>[] = [];
  readonly owners: Int32Array<SharedArrayBuffer>[] = [];

  /** Stores some rows from a given row on; parts may come in any order. */
  set(firstRow: number, ends: Uint32Array, owners: Int32Array): void {
    this.rows = Math.max(this.rows, firstRow + ends.length);
    while (this.ends.length * BLOCK_ROWS < this.rows) {
      this.ends.push(new Uint32Array(new SharedArrayBuffer(4 * BLOCK_ROWS)));
      this.owners.push(new Int32Array(new SharedArrayBuffer(4 * BLOCK_ROWS)));
    }
    for (let done = 0; done < ends.length; ) {
      const row = firstRow + done;
      const count = Math.min(ends.length - done, BLOCK_ROWS - placeInBlock(row));
      this.ends[blockOf(row)].set(ends.subarray(done, done + count), placeInBlock(row));
      this.owners[blockOf(row)].set(owners.subarray(done, done + count), placeInBlock(row));
      done += count;
    }
  }
}
