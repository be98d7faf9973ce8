import { CODED, type JobBatch, NUMBER, TEXT } from '../../../job/job-batch.ts';
import { batchFacts } from './batch-facts.ts';
import { ChargeRows } from './charge-rows.ts';
import { JobEntries } from './job-entries.ts';
import { JobOwners } from './job-owners.ts';
import { JobRows } from './job-rows.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { type PackedCells, SummaryCells } from './summary-cells.ts';
import { PageBuffer, TableLeafPages, type TableLeaves } from './table-leaf-pages.ts';
import { TextBytes } from './text-bytes.ts';

/** What turns a batch into rows of the ledger. */
export interface BatchEncoding {
  readonly file: PageFileShare;
  readonly batch: JobBatch;
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
  /** JOB_FACTS.length columns of as many numbers as there are rows. */
  readonly facts: Float64Array<ArrayBuffer>;
  /** Of the unique index, in its order. */
  readonly entries: Uint8Array<ArrayBuffer>;
}

/** What a worker keeps from batch to batch. */
export class EncodingBuffers {
  readonly jobs = new PageBuffer();
  readonly charges = new PageBuffer();
  readonly entries = new JobEntries();
}

/** Writes the rows of a batch to the file as finished leaf pages of `jobs` and `job_charges`. */
export function encodeBatch(
  encoding: BatchEncoding,
  buffers: EncodingBuffers = new EncodingBuffers(),
): EncodedBatch {
  const { batch, kept, nameIds } = encoding;
  const { capacity, numbers, codes } = batch;
  const file = new PageFile(encoding.file);
  const jobs = new TableLeafPages(file, buffers.jobs);
  const charges = new TableLeafPages(file, buffers.charges);
  const owners = new JobOwners();
  const cells = new SummaryCells();
  const ends = new Uint32Array(batch.rows);
  const ownerCodes = new Int32Array(batch.rows);
  const places = new Int32Array(batch.rows);
  const texts = new TextBytes(batch.bytes);
  const jobRows = new JobRows(encoding, jobs);
  const chargeRows = new ChargeRows(encoding, charges);
  let written = 0;
  for (let row = 0; row < batch.rows; row++) {
    if (kept !== null && kept[row] === 0) continue;
    const rowId = encoding.firstRowId + written;
    jobRows.append(rowId, row);
    chargeRows.append(rowId, row);
    const owner = owners.code(
      nameIds[CODED.user][codes[CODED.user * capacity + row]],
      nameIds[CODED.account][codes[CODED.account * capacity + row]],
      nameIds[CODED.queue][codes[CODED.queue * capacity + row]],
    );
    const jobId = TEXT.job_id * capacity + row;
    buffers.entries.add(
      rowId,
      texts,
      batch.textStarts[jobId],
      batch.textLengths[jobId],
      numbers[NUMBER.submit * capacity + row],
    );
    ends[written] = numbers[NUMBER.end * capacity + row];
    ownerCodes[written] = owner;
    places[written] = row;
    cells.addJob(
      batch.endDays[row],
      owner,
      numbers[NUMBER.cpu_hours * capacity + row],
      numbers[NUMBER.gpu_hours * capacity + row],
      numbers[NUMBER.memory_hours * capacity + row],
      encoding.qosFactors[batch.qosCodes[row]],
    );
    written++;
  }
  return {
    jobs: jobs.finish(),
    charges: charges.finish(),
    ends: ends.subarray(0, written),
    owners: ownerCodes.subarray(0, written),
    ownerIds: owners.ids(),
    cells: cells.packed(),
    facts: batchFacts(encoding, places.subarray(0, written)),
    entries: buffers.entries.takeSorted(),
  };
}
