import { type JobBatch, NUMBER } from '../../../job/job-batch.ts';
import { selectRows } from '../../../job/select-rows.ts';
import { type BatchFacts, batchFacts } from './batch-facts.ts';
import { BatchMemory } from './batch-memory.ts';
import type { EncodingKernel } from './encoding-kernel.ts';
import { incompleteJobs } from './incomplete-jobs.ts';
import { jobEntries } from './job-entries.ts';
import { ownerCells } from './owner-cells.ts';
import { packTables } from './pack-tables.ts';
import type { PageFileShare } from './page-file.ts';
import type { PackedCells } from './summary-cells.ts';
import type { TableLeaves } from './table-leaf-pages.ts';

/** What turns a batch into rows of the ledger. */
export interface BatchEncoding extends BatchIds {
  readonly batch: JobBatch;
}

/** The ids that the jobs of a batch get, and where their rows are written. */
export interface BatchIds {
  readonly file: PageFileShare;
  /** 1 for each job that goes in; null where all do. */
  readonly kept: Uint8Array<ArrayBuffer> | null;
  /** Row id of the first job that goes in; the others follow it. */
  readonly firstRowId: number;
  /** Added to each job's line. */
  readonly firstLine: number;
  /** For each coded column whose texts have ids (users, accounts, queues, exit statuses) the id of each of them. */
  readonly nameIds: Readonly<Record<number, Int32Array<ArrayBuffer>>>;
  /** By the batch's QoS codes. */
  readonly qosIds: readonly number[];
  readonly qosFactors: readonly number[];
  readonly runId: number;
  readonly fileId: number;
  readonly chargeVersion: number;
}

/** What the main thread needs of a batch whose rows stand in the file. */
export interface EncodedBatch {
  readonly jobs: TableLeaves;
  readonly charges: TableLeaves;
  /** For each row, in the order of row ids; epoch seconds, which a reader keeps within 32 bits. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** For each row the code of its owner in this batch. */
  readonly owners: Int32Array<ArrayBuffer>;
  /** IDS_PER_OWNER for each owner's code. */
  readonly ownerIds: Int32Array<ArrayBuffer>;
  readonly cells: PackedCells;
  /** Those whose charges are incomplete, as `incompleteJobs` tells them. */
  readonly incomplete: Uint32Array<ArrayBuffer>;
  readonly facts: BatchFacts;
  /** Of the unique index, in its order. */
  readonly entries: Uint8Array<ArrayBuffer>;
  /** Jobs that do not go in yet: they may have been seen before, and wait until the unique index can tell. */
  readonly suspects: JobBatch | null;
}

/**
 * Writes the rows of a batch to the file as finished leaf pages of `jobs` and `job_charges`, and uses it up.
 * @param kernel which has the batch in its memory or else takes it in; what it had there before is overwritten.
 */
export function encodeBatch(encoding: BatchEncoding, kernel: EncodingKernel): EncodedBatch {
  const { firstRowId } = encoding;
  const places = keptPlaces(encoding);
  const { pageSize } = encoding.file;
  // First, as the arrays of a batch that is in the kernel are empty once its memory has grown.
  const suspects = suspectsOf(encoding);
  const memory = new BatchMemory(kernel, { ...encoding, pageSize }, places);
  return {
    ...packTables(kernel, memory, encoding, places.length),
    ends: endsOf(kernel, memory, places.length),
    ...ownerCells(kernel, memory, places.length),
    incomplete: incompleteJobs(kernel, memory, places.length),
    entries: jobEntries(kernel, memory, firstRowId, places.length),
    facts: batchFacts(kernel, memory, encoding, places.length),
    suspects,
  };
}

function suspectsOf({ batch, kept }: BatchEncoding): JobBatch | null {
  if (kept === null) return null;
  const rows: number[] = [];
  for (let row = 0; row < batch.rows; row++) if (kept[row] === 0) rows.push(row);
  return selectRows(batch, rows);
}

/** The places in the batch of the jobs that go in. */
function keptPlaces({ batch, kept }: BatchEncoding): Int32Array {
  const places = new Int32Array(batch.rows);
  let count = 0;
  for (let row = 0; row < batch.rows; row++) {
    if (kept === null || kept[row] === 1) places[count++] = row;
  }
  return places.subarray(0, count);
}

function endsOf(
  { exports }: EncodingKernel,
  memory: BatchMemory,
  count: number,
): Uint32Array<ArrayBuffer> {
  const { places, cells } = memory.at;
  exports.gatherSeconds(places, count, memory.numbers(NUMBER.end), cells);
  return new Uint32Array(exports.memory.buffer, cells, count).slice();
}
