import { CODED, type JobBatch, NUMBER, TEXT } from '../../../job/job-batch.ts';
import { selectRows } from '../../../job/select-rows.ts';
import { JOB_COLUMNS, type JobColumn } from '../job-columns.ts';
import { batchFacts } from './batch-facts.ts';
import { JobEntries } from './job-entries.ts';
import { JobOwners } from './job-owners.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import { type PackedCells, SummaryCells } from './summary-cells.ts';
import { PageBuffer, TableLeafPages, type TableLeaves } from './table-leaf-pages.ts';

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
  /** JOB_FACTS.length columns of as many numbers as there are rows. */
  readonly facts: Float64Array<ArrayBuffer>;
  /** Of the unique index, in its order. */
  readonly entries: Uint8Array<ArrayBuffer>;
  /** Jobs that do not go in yet: they may have been seen before, and wait until the unique index can tell. */
  readonly suspects: JobBatch | null;
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
  const record = new SqliteRecord();
  const texts = encodedTables(batch);
  let written = 0;
  for (let row = 0; row < batch.rows; row++) {
    if (kept !== null && kept[row] === 0) continue;
    const rowId = encoding.firstRowId + written;
    encodeJob(record, encoding, texts, row);
    jobs.append(rowId, record);
    encodeCharge(record, encoding, row);
    charges.append(rowId, record);
    const owner = owners.code(
      nameIds[CODED.user][codes[CODED.user * capacity + row]],
      nameIds[CODED.account][codes[CODED.account * capacity + row]],
      nameIds[CODED.queue][codes[CODED.queue * capacity + row]],
    );
    const jobId = TEXT.job_id * capacity + row;
    buffers.entries.add(
      rowId,
      batch.bytes,
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
    suspects: kept === null ? null : selectRows(batch, rowsWithout(kept, batch.rows)),
  };
}

/** The rows that are not kept. */
function rowsWithout(kept: Uint8Array, rows: number): number[] {
  const others: number[] = [];
  for (let row = 0; row < rows; row++) if (kept[row] === 0) others.push(row);
  return others;
}

function encodeJob(
  record: SqliteRecord,
  encoding: BatchEncoding,
  texts: readonly (readonly Uint8Array[])[],
  row: number,
): void {
  const { batch } = encoding;
  const { capacity, numbers, codes } = batch;
  record.clear();
  for (let i = 0; i < JOB_COLUMNS.length; i++) {
    const column: JobColumn = JOB_COLUMNS[i];
    switch (column.from) {
      case 'integer':
        if (column.at === NUMBER.line)
          record.integer(numbers[column.at * capacity + row] + encoding.firstLine);
        else record.integer(numbers[column.at * capacity + row]);
        break;
      case 'real':
        record.real(numbers[column.at * capacity + row]);
        break;
      case 'text': {
        const at = column.at * capacity + row;
        const length = batch.textLengths[at];
        if (length === -1) record.null();
        else record.text(batch.bytes, batch.textStarts[at], length);
        break;
      }
      case 'coded-text': {
        const code = codes[column.at * capacity + row];
        if (code === -1) record.null();
        else record.text(texts[column.at][code], 0, texts[column.at][code].length);
        break;
      }
      case 'name-id':
        record.integer(encoding.nameIds[column.at][codes[column.at * capacity + row]]);
        break;
      case 'qos-id':
        record.integer(encoding.qosIds[batch.qosCodes[row]]);
        break;
      case 'run-id':
        record.integer(encoding.runId);
        break;
      case 'file-id':
        record.integer(encoding.fileId);
        break;
      case 'row-id':
        // The row id is the key of the b-tree; its column is stored as NULL.
        record.null();
        break;
    }
  }
}

function encodeCharge(record: SqliteRecord, encoding: BatchEncoding, row: number): void {
  const { capacity, numbers, qosCodes, incomplete } = encoding.batch;
  record.clear();
  record.null();
  record.real(numbers[NUMBER.cpu_hours * capacity + row]);
  record.real(numbers[NUMBER.gpu_hours * capacity + row]);
  record.real(numbers[NUMBER.memory_hours * capacity + row]);
  record.real(encoding.qosFactors[qosCodes[row]]);
  record.integer(encoding.chargeVersion);
  record.integer(incomplete[row]);
}

function encodedTables(batch: JobBatch): Uint8Array[][] {
  return batch.tables.map((table) => table.map((text) => Buffer.from(text)));
}
