import type { ParsedChunk } from '../../../src/sources/parsed-chunk.ts';
import {
  type QhistListLayout,
  readQhistListChunk,
} from '../../../src/sources/qhist-list/read-chunk.ts';
import { type DecodedJob, decodeBatch } from '../decode-batch.ts';
import { readingContextOf } from '../reading-context-of.ts';

const DERECHO = readingContextOf('derecho');
const HOURS: QhistListLayout = { timeUnitSeconds: 3600 };

export function readChunk(chunk: Uint8Array<ArrayBuffer>, layout = HOURS): ParsedChunk {
  return readQhistListChunk(chunk, layout, DERECHO);
}

/** Reads a list as one chunk. */
export function readList(
  text: string | Buffer,
  layout = HOURS,
): ParsedChunk & { readonly jobs: DecodedJob[] } {
  const bytes = Uint8Array.from(typeof text === 'string' ? Buffer.from(text) : text);
  const chunk = readChunk(bytes, layout);
  return { ...chunk, jobs: decodeBatch(chunk.batch) };
}

export function idsOf({ jobs }: { readonly jobs: readonly DecodedJob[] }): (string | null)[] {
  return jobs.map(({ job_id }) => job_id);
}
