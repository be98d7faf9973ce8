import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { QhistLayout } from '../src/sources/qhist-csv/layout.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';

/** Everything that crosses between the main thread and a worker; both sides are typed by this file alone. */

/** What a worker is started with. */
export type ReadChunkSettings = ReadingSettings;

export interface ReadChunkTask {
  /** Moved to the worker, not copied. */
  readonly chunk: Uint8Array<ArrayBuffer>;
  readonly layout: QhistLayout;
}

/** The batch's buffers, the chunk's bytes among them, are moved back. */
export type ReadChunkResult = ParsedChunk;
