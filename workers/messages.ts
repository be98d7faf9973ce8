import type { MessagePort } from 'node:worker_threads';
import type { BatchKeys } from '../src/ledger/sqlite/bulk/batch-keys.ts';
import type { BatchIds, EncodedBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import type { IndexWriting } from '../src/ledger/sqlite/bulk/write-index.ts';
import type { UniqueIndexWriting } from '../src/ledger/sqlite/bulk/write-unique-index.ts';
import type { CheckedPart } from '../src/ledger/sqlite/quick-check.ts';
import type { ChargedRange, RangeTask } from '../src/ledger/sqlite/recharge/charged-range.ts';
import type { HoursComparison, HoursDifferences } from '../src/reports/migration/compare-hours.ts';
import type { OldSchema } from '../src/sources/old-database/old-schema.ts';
import type { RowRange } from '../src/sources/old-database/read-old-rows.ts';
import type { ParsedChunk, ParsedLines } from '../src/sources/parsed-chunk.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';
import type { SourceFormat } from '../src/sources/source-format.ts';

/** Everything that crosses between the main thread and a worker; both sides are typed by this file alone. */

/** What a worker is started with. */
export interface WorkerSettings extends ReadingSettings {
  readonly kernel: WebAssembly.Module;
}

export interface ReadChunkTask {
  readonly chunk: Uint8Array<ArrayBuffer>;
  readonly format: SourceFormat;
  /** Where its jobs are held until they have ids: who gives them. */
  readonly mainThread?: MessagePort;
}

export type ReadChunkResult = ParsedChunk;

/** Reads some rows of an old database; each thread has a connection of its own. */
export interface ReadOldRowsTask extends RowRange {
  readonly path: string;
  readonly schema: OldSchema;
  readonly mainThread: MessagePort;
}

export type CompareHoursTask = HoursComparison;
export type CompareHoursResult = HoursDifferences;

/** What the main thread is told of a chunk whose jobs stay where they were read. */
export interface HeldLines extends ParsedLines {
  readonly keys: BatchKeys;
}
/** Its answer, once their turn has come. */
export type HeldBatchIds = BatchIds;
export type EncodeBatchResult = EncodedBatch;

export type WriteIndexTask = IndexWriting;
export type WriteUniqueIndexTask = UniqueIndexWriting;

/** Checks the file of a ledger that nobody writes. */
export interface QuickCheckTask {
  readonly path: string;
  readonly part: CheckedPart;
}
export type QuickCheckResult = readonly string[];

export type RechargeRangeTask = RangeTask;
export type RechargeRangeResult = ChargedRange;
