/** The part of a table's slots that may be taken before searches grow long. */
const MOST_FILLED = 0.8;

/**
 * Remembers which jobs have been seen by four bytes each, to find what may be a duplicate. "Not seen" is
 * certain; "seen" is almost always true (one time in a thousand for five million jobs it is wrong) and must
 * be confirmed by the unique index.
 */
export class SeenJobs {
  /** Slots hold a job's second hash, never 0; a table that is full enough is followed by a larger one. */
  readonly #tables: Uint32Array<ArrayBuffer>[];
  #room: number;

  constructor(expectedJobs: number) {
    const table = newTable(Math.max(1024, expectedJobs / MOST_FILLED));
    this.#tables = [table];
    this.#room = Math.floor(table.length * MOST_FILLED);
  }

  /** @returns whether the job may have been added before; if not, it is now. */
  add(firstHash: number, secondHash: number): boolean {
    const mark = secondHash === 0 ? 1 : secondHash;
    const newest = this.#tables.length - 1;
    for (let i = 0; i < newest; i++) {
      if (this.#tables[i][slotOf(this.#tables[i], firstHash, mark)] === mark) return true;
    }
    const table = this.#tables[newest];
    const slot = slotOf(table, firstHash, mark);
    if (table[slot] === mark) return true;
    table[slot] = mark;
    this.#room--;
    if (this.#room === 0) {
      const larger = newTable(2 * table.length);
      this.#tables.push(larger);
      this.#room = Math.floor(larger.length * MOST_FILLED);
    }
    return false;
  }

  /** Gives the memory back at once; no job may be added any more. */
  release(): void {
    for (const { buffer } of this.#tables) buffer.transfer(0);
  }
}

/** @returns the slot that holds the mark, or the free one where it belongs. */
function slotOf(table: Uint32Array, firstHash: number, mark: number): number {
  let slot = firstHash % table.length;
  while (table[slot] !== 0 && table[slot] !== mark) {
    slot++;
    if (slot === table.length) slot = 0;
  }
  return slot;
}

function newTable(slots: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(Math.ceil(slots));
}
