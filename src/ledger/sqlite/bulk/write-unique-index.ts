import {
  compareEntries,
  ENTRY_HEADER_BYTES,
  type EntryBlock,
  entryBytes,
  newEntryBlock,
  rowIdAt,
  submitAt,
  textLengthAt,
} from './entry-block.ts';
import type { EntryRunsShare } from './entry-runs.ts';
import { IndexPages } from './index-pages.ts';
import { mergeRuns } from './merge-runs.ts';
import { PageFile, type PageFileShare } from './page-file.ts';
import { SqliteRecord } from './record.ts';

/** The unique index of `jobs`, over `job_id` and `submit`, and the sorted entries of each batch. */
export interface UniqueIndexWriting {
  readonly file: PageFileShare;
  readonly rootPage: number;
  readonly runs: EntryRunsShare;
}

export const UNIQUE_INDEX = 'ux_jobs_job_id_submit';

/**
 * Merges the entries of all batches and writes them to the file as the unique index.
 * @throws Error where two jobs have the same `job_id` and `submit`.
 */
export function writeUniqueIndex({ file, rootPage, runs }: UniqueIndexWriting): void {
  const pages = new IndexPages(new PageFile(file), rootPage);
  const record = new SqliteRecord();
  const previous = new PreviousEntry();
  mergeRuns(runs, ({ block, at }) => {
    previous.demandBefore(block, at);
    record.clear();
    record.text(block.bytes, at + ENTRY_HEADER_BYTES, textLengthAt(block, at));
    record.integer(submitAt(block, at));
    record.integer(rowIdAt(block, at));
    pages.append(record);
  });
  pages.finish();
}

/** SQLite would refuse a job that is there twice; of an index that is written as pages it would take it. */
class PreviousEntry {
  #entry = newEntryBlock(0);
  #isFirst = true;

  /** Takes the next entry. @throws Error where it does not come after the one before. */
  demandBefore(block: EntryBlock, at: number): void {
    if (!this.#isFirst && compareEntries(this.#entry, 0, block, at) >= 0) {
      throw new Error(
        `rows ${rowIdAt(this.#entry, 0)} and ${rowIdAt(block, at)} of jobs can't both be in ` +
          `${UNIQUE_INDEX}: they are ${jobAt(this.#entry, 0)} and ${jobAt(block, at)}`,
      );
    }
    const size = entryBytes(textLengthAt(block, at));
    if (size > this.#entry.bytes.length) this.#entry = newEntryBlock(2 * size);
    const { words } = this.#entry;
    const from = at / words.BYTES_PER_ELEMENT;
    const count = size / words.BYTES_PER_ELEMENT;
    for (let i = 0; i < count; i++) words[i] = block.words[from + i];
    this.#isFirst = false;
  }
}

function jobAt(block: EntryBlock, at: number): string {
  const start = at + ENTRY_HEADER_BYTES;
  const jobId = Buffer.from(block.bytes.subarray(start, start + textLengthAt(block, at)));
  return `${jobId} submitted at ${submitAt(block, at)}`;
}
