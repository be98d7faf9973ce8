import type { BatchEncoding, EncodedBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import type { IndexWriting } from '../src/ledger/sqlite/bulk/write-index.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';
import type { SourceFormat } from '../src/sources/source-format.ts';

/** Everything that crosses between the main thread and a worker; both sides are typed by this file alone. */

/** What a worker is started with. */
export type WorkerSettings = ReadingSettings;

export interface ReadChunkTask {
  readonly chunk: Uint8Array<ArrayBuffer>;
  readonly format: SourceFormat;
}

export type ReadChunkResult = ParsedChunk;

export type EncodeBatchTask = BatchEncoding;
export type EncodeBatchResult = EncodedBatch;

export type WriteIndexTask = IndexWriting;
