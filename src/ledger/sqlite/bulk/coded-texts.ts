import type { JobBatch } from '../../../job/job-batch.ts';

/** Where a text begins, and how many bytes it has. */
const WORDS_PER_SPAN = 2;

/** The texts of some tables of a batch as UTF-8, one after the other. */
export class CodedTexts {
  readonly bytes: Buffer;
  readonly #lengths: readonly Uint32Array[];
  readonly #firsts: readonly number[];
  readonly #count: number;

  constructor(tables: JobBatch['tables']) {
    const texts = tables.map((table) => table.map((text) => Buffer.from(text)));
    this.bytes = Buffer.concat(texts.flat());
    this.#lengths = texts.map((table) => Uint32Array.from(table, (text) => text.length));
    let count = 0;
    this.#firsts = tables.map(({ length }) => {
      const first = count;
      count += length;
      return first;
    });
    this.#count = count;
  }

  /** Bytes of the longest text of a table. */
  longest(table: number): number {
    return this.#lengths[table].reduce((most, length) => Math.max(most, length), 0);
  }

  get spanBytes(): number {
    return this.#count * WORDS_PER_SPAN * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** Start and length of each text, where their bytes begin at `at`. */
  spans(at: number): Uint32Array {
    const spans = new Uint32Array(this.#count * WORDS_PER_SPAN);
    let word = 0;
    let start = at;
    for (const lengths of this.#lengths) {
      for (const length of lengths) {
        spans[word++] = start;
        spans[word++] = length;
        start += length;
      }
    }
    return spans;
  }

  /** How far behind the first span that of a table's first text is. */
  spanOf(table: number): number {
    return this.#firsts[table] * WORDS_PER_SPAN * Uint32Array.BYTES_PER_ELEMENT;
  }
}
