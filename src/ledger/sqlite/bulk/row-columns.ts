/** What the indexes are sorted by, for every row of `jobs`, row id 1 first; shared by all threads. */
export interface RowColumns {
  readonly ends: Float64Array<SharedArrayBuffer>;
  /** Codes of the owners. */
  readonly owners: Int32Array<SharedArrayBuffer>;
}

/** Both columns take 12 bytes a row. */
const END_BYTES = 8;
const OWNER_BYTES = 4;

/** More rows than any machine has run; only addresses are set aside for them. */
const MOST_ROWS = 2 ** 27;

/**
 * Columns that grow in place, so that nothing is ever copied and only what is used takes memory.
 */
export class GrowingRowColumns {
  readonly #ends = new SharedArrayBuffer(0, { maxByteLength: MOST_ROWS * END_BYTES });
  readonly #owners = new SharedArrayBuffer(0, { maxByteLength: MOST_ROWS * OWNER_BYTES });
  #rows = 0;

  /** Adds rows at the end. @returns the part of the columns that is theirs. */
  add(rows: number): RowColumns {
    const from = this.#rows;
    this.#rows += rows;
    this.#ends.grow(this.#rows * END_BYTES);
    this.#owners.grow(this.#rows * OWNER_BYTES);
    return this.#part(from, rows);
  }

  whole(): RowColumns {
    return this.#part(0, this.#rows);
  }

  #part(from: number, rows: number): RowColumns {
    return {
      ends: new Float64Array(this.#ends, from * END_BYTES, rows),
      owners: new Int32Array(this.#owners, from * OWNER_BYTES, rows),
    };
  }
}
