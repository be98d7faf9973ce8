import { formatLocalDay } from '../../../site/local-day.ts';
import type { IndexKernel } from './index-kernel.ts';
import { IndexTree, indexRegionSizes } from './index-tree.ts';
import { OWNER_ID } from './owner-ranks.ts';
import type { PageFile } from './page-file.ts';
import { SUMMARY_INDEXES } from './written-indexes.ts';

/** Dates have ten bytes; the kernel copies more. */
const DATE_SLOT_BYTES = 16;
const WORD = Int32Array.BYTES_PER_ELEMENT;
/** Of a row: its date and its owner. */
const ROW_WORDS = 2;
const FIRST_ROWS = 1 << 12;

/** Collects the keys of the rows of `daily_summary`, and writes the indexes over them. */
export class SummaryIndexes {
  readonly #days: number[] = [];
  #rows = new Int32Array(ROW_WORDS * FIRST_ROWS);
  #length = 0;

  /** Takes the row that follows those before, in the order of the table's key. */
  append(day: number, owner: number): void {
    if (this.#days.at(-1) !== day) this.#days.push(day);
    if (this.#length === this.#rows.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[this.#length++] = this.#days.length - 1;
    this.#rows[this.#length++] = owner;
  }

  /**
   * @param ownerIds of all owners.
   * @param rootPage tells that of an index.
   */
  write(
    file: PageFile,
    kernel: IndexKernel,
    ownerIds: Int32Array<ArrayBuffer>,
    rootPage: (index: string) => number,
  ): void {
    const rows = this.#rows.subarray(0, this.#length);
    const count = rows.length / ROW_WORDS;
    const mostId = ownerIds.reduce((most, id) => Math.max(most, id), 0);
    const at = kernel.layOut({
      rows: rows.byteLength,
      dates: this.#days.length * DATE_SLOT_BYTES,
      ownerIds: ownerIds.byteLength,
      counts: (mostId + 2) * WORD,
      order: count * WORD,
      ...indexRegionSizes(file.pageSize),
    });
    kernel.put(at.rows, rows);
    kernel.put(at.dates, this.#dates());
    kernel.put(at.ownerIds, ownerIds);
    for (const { name, column } of SUMMARY_INDEXES) {
      const position = OWNER_ID[column];
      const tree = new IndexTree(kernel, file, rootPage(name), at);
      kernel.exports.beginSummaryEntries(
        at.rows,
        count,
        at.dates,
        at.ownerIds,
        position,
        at.counts,
        mostId,
        at.order,
      );
      tree.write(
        () => kernel.exports.packSummaryEntries(),
        (step) => {
          throw new Error(`packing ${name} has stopped for no known reason: ${step}`);
        },
      );
    }
  }

  #dates(): Uint8Array<ArrayBuffer> {
    const slots = new Uint8Array(this.#days.length * DATE_SLOT_BYTES);
    for (const [i, day] of this.#days.entries()) {
      slots.set(Buffer.from(formatLocalDay(day)), i * DATE_SLOT_BYTES);
    }
    return slots;
  }
}
