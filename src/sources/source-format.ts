import type { ParsedChunk } from './parsed-chunk.ts';
import type { QhistLayout } from './qhist-csv/layout.ts';
import type { LineKernel } from './qhist-csv/line-kernel.ts';
import type { QhistJsonLayout } from './qhist-json/read-chunk.ts';
import type { QhistListLayout } from './qhist-list/read-chunk.ts';
import type { ReadingContext } from './reading-context.ts';

/** A format of raw history with what its reader must know of one file: plain data that crosses threads. */
export type SourceFormat =
  | { readonly name: 'qhist-csv'; readonly layout: QhistLayout }
  | { readonly name: 'qhist-json'; readonly layout: QhistJsonLayout }
  | { readonly name: 'qhist-list'; readonly layout: QhistListLayout }
  | { readonly name: 'pbs-log' };

export const FORMAT_NAMES = ['qhist-csv', 'qhist-json', 'qhist-list', 'pbs-log'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/**
 * Reads a chunk of whole records of one format into a batch with memory of its own.
 * @param inPlace a kernel in whose memory the batch may stay instead: until it reads another.
 */
export type ChunkReader = (
  chunk: Uint8Array<ArrayBuffer>,
  context: ReadingContext,
  inPlace?: LineKernel,
) => ParsedChunk;

/** The reader of a format. Each is loaded when it is asked for, as most runs read one format. */
export async function chunkReader(format: SourceFormat): Promise<ChunkReader> {
  switch (format.name) {
    case 'qhist-csv': {
      const { readQhistChunk } = await import('./qhist-csv/read-chunk.ts');
      return (chunk, context, inPlace) =>
        readQhistChunk(chunk, format.layout, context, undefined, inPlace);
    }
    case 'qhist-json': {
      const { readQhistJsonChunk } = await import('./qhist-json/read-chunk.ts');
      return (chunk, context) => readQhistJsonChunk(chunk, format.layout, context);
    }
    case 'qhist-list': {
      const { readQhistListChunk } = await import('./qhist-list/read-chunk.ts');
      return (chunk, context) => readQhistListChunk(chunk, format.layout, context);
    }
    case 'pbs-log': {
      const { readPbsLogChunk } = await import('./pbs-log/read-chunk.ts');
      return readPbsLogChunk;
    }
  }
}
