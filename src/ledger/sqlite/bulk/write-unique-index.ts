import { readSync } from 'node:fs';
import { ENTRY_TOO_LONG, OUT_OF_ORDER, RUN_SHORT } from '../../../kernel/assembly/packing-steps.ts';
import type { EntryRunsShare } from './entry-runs.ts';
import type { IndexKernel } from './index-kernel.ts';
import { IndexTree, indexRegionSizes } from './index-tree.ts';
import { OverflowPages } from './overflow-pages.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { UNIQUE_INDEX } from './written-indexes.ts';

/** The unique index of `jobs`, over `job_id` and `submit`, and the sorted entries of each batch. */
export interface UniqueIndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly runs: EntryRunsShare;
}

/** What all runs together have in memory, unless there are so many that each of them has the least. */
const MOST_BLOCK_BYTES = 4 << 20;
const SMALLEST_BLOCK_BYTES = 8 << 10;
const LARGEST_BLOCK_BYTES = 64 << 10;
const CURSOR_BYTES = 32;

/**
 * Merges the entries of all batches and writes them to the file as the unique index.
 * @throws Error where two jobs have the same `job_id` and `submit`.
 */
export function writeUniqueIndex(
  { file: share, rootPage, runs }: UniqueIndexWriting,
  kernel: IndexKernel,
): void {
  const { exports } = kernel;
  const file = new PageFile(share);
  const count = runs.ends.length;
  const blockBytes = blockBytesOf(count);
  const at = kernel.layOut({
    cursors: CURSOR_BYTES * count,
    heap: 4 * count,
    blocks: blockBytes * count,
    ...indexRegionSizes(file.pageSize),
  });
  const tree = new IndexTree(kernel, file, rootPage, at);
  /** For each run the offset of what is to be read next. */
  const positions = new Float64Array(count);
  for (let run = 1; run < count; run++) positions[run] = runs.ends[run - 1];
  exports.beginMerge(at.cursors, at.heap);
  for (let run = 0; run < count; run++) {
    exports.addRun(at.blocks + run * blockBytes, blockBytes, runs.ends[run] - positions[run]);
  }
  const overflow = OverflowPages.ofIndex(file);
  tree.write(
    () => exports.packEntries(),
    (step) => {
      if (step === RUN_SHORT) readOn(kernel, runs, positions);
      else if (step === ENTRY_TOO_LONG) exports.endLongEntry(overflow.writeChain(restOf(kernel)));
      else if (step === OUT_OF_ORDER) throw outOfOrder(kernel);
      else throw new Error(`merging entries has stopped for no known reason: ${step}`);
    },
  );
}

function blockBytesOf(runs: number): number {
  const even = Math.floor(MOST_BLOCK_BYTES / runs / SMALLEST_BLOCK_BYTES) * SMALLEST_BLOCK_BYTES;
  return Math.min(LARGEST_BLOCK_BYTES, Math.max(SMALLEST_BLOCK_BYTES, even));
}

function readOn(
  kernel: IndexKernel,
  { fd, ends }: EntryRunsShare,
  positions: Float64Array<ArrayBuffer>,
): void {
  const { exports } = kernel;
  const run = exports.shortRun();
  const target = kernel.bytes(exports.readTo.value, exports.mostRead.value);
  const read = readSync(fd, target, 0, target.length, positions[run]);
  if (read === 0) throw new Error(`a run ends at ${positions[run]} instead of ${ends[run]}`);
  positions[run] += read;
  exports.endReading(read);
}

/** What of an entry does not stay in its page. */
function restOf(kernel: IndexKernel): Buffer {
  const { textRest, textRestBytes, integersRest, integersRestBytes } = kernel.exports;
  return Buffer.concat([
    kernel.bytes(textRest.value, textRestBytes.value),
    kernel.bytes(integersRest.value, integersRestBytes.value),
  ]);
}

function outOfOrder(kernel: IndexKernel): Error {
  const earlier = entryAt(kernel, kernel.exports.earlierEntry.value);
  const later = entryAt(kernel, kernel.exports.laterEntry.value);
  return new Error(
    `rows ${earlier.rowId} and ${later.rowId} of jobs can't both be in ${UNIQUE_INDEX}: ` +
      `they are ${earlier.job} and ${later.job}`,
  );
}

/** Entries are written by `run-entries.ts` of the kernel, in the order of bytes that it has. */
function entryAt(kernel: IndexKernel, at: number): { rowId: number; job: string } {
  const header = kernel.bytes(at, ENTRY_HEADER_BYTES);
  const jobId = kernel.bytes(at + ENTRY_HEADER_BYTES, header.readUInt32LE(0)).toString();
  return {
    rowId: header.readUInt32LE(4),
    job: `${jobId} submitted at ${header.readDoubleLE(8)}`,
  };
}

const ENTRY_HEADER_BYTES = 16;
