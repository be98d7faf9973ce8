import {
  compareEntries,
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  rowIdAt,
  submitAt,
  textLengthAt,
} from './entry-block.ts';
import type { EntryRunsShare } from './entry-runs.ts';
import { IndexPages } from './index-pages.ts';
import { mergeRuns } from './merge-runs.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { SqliteRecord } from './record.ts';
import type { RunCursor } from './run-cursor.ts';
import { integerBytes, integerType, writeStoredInteger } from './stored-integer.ts';
import { UNIQUE_INDEX } from './written-indexes.ts';

/** The unique index of `jobs`, over `job_id` and `submit`, and the sorted entries of each batch. */
export interface UniqueIndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly runs: EntryRunsShare;
}

/**
 * Merges the entries of all batches and writes them to the file as the unique index.
 * @throws Error where two jobs have the same `job_id` and `submit`.
 */
export function writeUniqueIndex({ file, rootPage, runs }: UniqueIndexWriting): void {
  const pages = new IndexPages(new PageFile(file), rootPage);
  const record = new SqliteRecord();
  let last: RunCursor | undefined;
  mergeRuns(runs, (entry) => {
    if (last !== undefined) demandOrder(last, entry);
    last = entry;
    const { block, at } = entry;
    const textLength = textLengthAt(block, at);
    if (textLength <= MOST_COPIED) {
      appendShort(pages, block, at, textLength);
      return;
    }
    record.clear();
    record.text(block.bytes, at + ENTRY_HEADER_BYTES, textLength);
    record.integer(submitAt(block, at));
    record.integer(rowIdAt(block, at));
    pages.append(record);
  });
  pages.finish();
}

/** A text that short has a type of one byte, and its entry needs no overflow page. */
const MOST_COPIED = 57;
/** The length of the header, and three types. */
const SHORT_HEADER_BYTES = 4;

/** Writes an entry straight into its page. */
function appendShort(pages: IndexPages, block: EntryBlock, at: number, textLength: number): void {
  const submit = submitAt(block, at);
  const rowId = rowIdAt(block, at);
  const submitType = integerType(submit);
  const rowIdType = integerType(rowId);
  const integersBytes = integerBytes(submitType) + integerBytes(rowIdType);
  let to = pages.place(SHORT_HEADER_BYTES + textLength + integersBytes);
  const { leaves, view } = pages;
  leaves[to] = SHORT_HEADER_BYTES;
  leaves[to + 1] = 13 + 2 * textLength;
  leaves[to + 2] = submitType;
  leaves[to + 3] = rowIdType;
  to += SHORT_HEADER_BYTES;
  const { bytes } = block;
  const start = at + ENTRY_HEADER_BYTES;
  for (let i = 0; i < textLength; i++) leaves[to + i] = bytes[start + i];
  to = writeStoredInteger(view, to + textLength, submit, submitType);
  writeStoredInteger(view, to, rowId, rowIdType);
}

/**
 * SQLite would refuse a job that is there twice; of an index that is written as pages it would take it.
 * @throws Error where an entry does not come after the one that was visited last.
 */
function demandOrder(last: RunCursor, { block, at }: RunCursor): void {
  if (compareEntries(last.block, last.before, block, at) < 0) return;
  throw new Error(
    `rows ${rowIdAt(last.block, last.before)} and ${rowIdAt(block, at)} of jobs can't both be in ` +
      `${UNIQUE_INDEX}: they are ${jobAt(last.block, last.before)} and ${jobAt(block, at)}`,
  );
}

function jobAt(block: EntryBlock, at: number): string {
  const start = at + ENTRY_HEADER_BYTES;
  const jobId = Buffer.from(block.bytes.subarray(start, start + textLengthAt(block, at)));
  return `${jobId} submitted at ${submitAt(block, at)}`;
}
