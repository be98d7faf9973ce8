import { IndexPages } from './index-pages.ts';
import { IDS_PER_OWNER } from './job-owners.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { blockOf, placeInBlock, type RowColumns } from './row-columns.ts';
import { type LateRows, OWNER_ID, type OwnerId, orderByOwner, SortBuffer } from './sort-rows.ts';
import { integerBytes, integerType, writeStoredInteger } from './stored-integer.ts';

/** An index of `jobs` over ids of the owner, then the end, and the columns of all jobs that it is made of. */
export interface IndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly columns: readonly OwnerId[];
  readonly rows: RowColumns;
  readonly ownerIds: Int32Array<ArrayBuffer>;
  readonly late: LateRows;
}

/** Sorts all rows and writes one index of them to the file. */
export function writeIndex(writing: IndexWriting, buffer = new SortBuffer()): void {
  const { rows, ownerIds, columns } = writing;
  const { ends, owners } = rows;
  const pages = new IndexPages(new PageFile(writing.file), writing.rootPage);
  const entries = new OwnerEntries(pages);
  const places = columns.map((column) => OWNER_ID[column]);
  const { order, groupEnds } = orderByOwner(rows, ownerIds, columns, writing.late, buffer);
  let i = 0;
  for (let group = 0; group < groupEnds.length; group++) {
    if (i === groupEnds[group]) continue;
    const owner = owners[blockOf(order[i])][placeInBlock(order[i])] * IDS_PER_OWNER;
    entries.begin(places.map((place) => ownerIds[owner + place]));
    for (; i < groupEnds[group]; i++) {
      const row = order[i];
      entries.append(ends[blockOf(row)][placeInBlock(row)], row + 1);
    }
  }
  pages.finish();
}

/** Writes entries of equal ids straight into their pages: most begin with the same bytes as the one before. */
class OwnerEntries {
  readonly #pages: IndexPages;
  readonly #record = new SqliteRecord();
  /** What stands before the end and the row id: the header, and the ids. */
  readonly #beginning = new Uint8Array(MOST_BYTES);
  #beginningLength = 0;
  #size = 0;
  #endType = -1;
  #rowIdType = -1;
  #ids: readonly number[] = [];

  constructor(pages: IndexPages) {
    this.#pages = pages;
  }

  begin(ids: readonly number[]): void {
    this.#ids = ids;
    this.#endType = -1;
  }

  append(end: number, rowId: number): void {
    const endType = integerType(end);
    const rowIdType = integerType(rowId);
    if (endType !== this.#endType || rowIdType !== this.#rowIdType) {
      this.#endType = endType;
      this.#rowIdType = rowIdType;
      this.#makeBeginning(end, rowId);
    }
    const beginning = this.#beginning;
    const length = this.#beginningLength;
    const { leaves, view } = this.#pages;
    const at = this.#pages.place(this.#size);
    for (let i = 0; i < length; i++) leaves[at + i] = beginning[i];
    const next = writeStoredInteger(view, at + length, end, endType);
    writeStoredInteger(view, next, rowId, rowIdType);
  }

  /** From a whole entry, whose last two values are of the types of those that follow. */
  #makeBeginning(end: number, rowId: number): void {
    this.#record.clear();
    for (const id of this.#ids) this.#record.integer(id);
    this.#record.integer(end);
    this.#record.integer(rowId);
    this.#record.copyTo(this.#beginning, 0);
    this.#size = this.#record.size;
    this.#beginningLength =
      this.#size - integerBytes(this.#endType) - integerBytes(this.#rowIdType);
  }
}

/** Room for an entry: the length of its header, and up to four types and four values of eight bytes. */
const MOST_BYTES = 1 + 4 + 4 * 8;
