import { Kernel, type KernelExports } from '../../../kernel/kernel.ts';

/** The functions of the kernel that make indexes. Addresses and counts are whole numbers of 32 bits. */
export interface IndexExports extends KernelExports {
  beginIndex(
    pageSize: number,
    pages: number,
    mostPages: number,
    pointers: number,
    numbers: number,
    dividers: number,
  ): void;
  finishedPages(): number;
  passPages(): void;
  beginInteriorLevel(): void;
  packInteriorLevel(): number;

  setColumn(place: number, position: number): void;
  groupOwners(
    columns: number,
    ids: number,
    count: number,
    groups: number,
    examples: number,
    keys: number,
  ): void;
  beginOrder(order: number, groupEnds: number): void;
  countRows(owners: number, count: number): void;
  placeGroups(): void;
  placeRows(firstRowId: number, ends: number, owners: number, count: number): void;
  sortGroups(aside: number): void;
  beginOwnerEntries(order: number): void;
  packOwnerEntries(): number;

  beginSummaryEntries(
    rows: number,
    count: number,
    dates: number,
    ownerIds: number,
    position: number,
    counts: number,
    mostId: number,
    order: number,
  ): void;
  packSummaryEntries(): number;

  beginMerge(cursors: number, heap: number): void;
  addRun(block: number, capacity: number, bytes: number): void;
  packEntries(): number;
  shortRun(): number;
  readonly readTo: WebAssembly.Global;
  readonly mostRead: WebAssembly.Global;
  endReading(bytes: number): void;
  readonly textRest: WebAssembly.Global;
  readonly textRestBytes: WebAssembly.Global;
  readonly integersRest: WebAssembly.Global;
  readonly integersRestBytes: WebAssembly.Global;
  endLongEntry(firstPage: number): void;
  readonly earlierEntry: WebAssembly.Global;
  readonly laterEntry: WebAssembly.Global;
}

export class IndexKernel extends Kernel<IndexExports> {
  /** Some bytes of the memory, until it grows. An address beyond 2 GiB comes as a negative number. */
  bytes(at: number, length: number): Buffer<ArrayBuffer> {
    return Buffer.from(this.buffer, at >>> 0, length);
  }

  words(at: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.buffer, at >>> 0, length);
  }
}
