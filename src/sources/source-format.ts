import type { ParsedChunk } from './parsed-chunk.ts';
import { readPbsLogChunk } from './pbs-log/read-chunk.ts';
import type { QhistLayout } from './qhist-csv/layout.ts';
import { readQhistChunk } from './qhist-csv/read-chunk.ts';
import { type QhistJsonLayout, readQhistJsonChunk } from './qhist-json/read-chunk.ts';
import { type QhistListLayout, readQhistListChunk } from './qhist-list/read-chunk.ts';
import type { ReadingContext } from './reading-context.ts';

/** A format of raw history with what its reader must know of one file: plain data that crosses threads. */
export type SourceFormat =
  | { readonly name: 'qhist-csv'; readonly layout: QhistLayout }
  | { readonly name: 'qhist-json'; readonly layout: QhistJsonLayout }
  | { readonly name: 'qhist-list'; readonly layout: QhistListLayout }
  | { readonly name: 'pbs-log' };

export const FORMAT_NAMES = ['qhist-csv', 'qhist-json', 'qhist-list', 'pbs-log'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Reads a chunk of whole records of any format. */
export function readSourceChunk(
  chunk: Uint8Array<ArrayBuffer>,
  format: SourceFormat,
  context: ReadingContext,
): ParsedChunk {
  switch (format.name) {
    case 'qhist-csv':
      return readQhistChunk(chunk, format.layout, context);
    case 'qhist-json':
      return readQhistJsonChunk(chunk, format.layout, context);
    case 'qhist-list':
      return readQhistListChunk(chunk, format.layout, context);
    case 'pbs-log':
      return readPbsLogChunk(chunk, context);
  }
}
