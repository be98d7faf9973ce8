import type { ParsedChunk } from '../../../src/sources/parsed-chunk.ts';
import { readQhistJsonChunk } from '../../../src/sources/qhist-json/read-chunk.ts';
import { type DecodedJob, decodeBatch } from '../decode-batch.ts';
import { readingContextOf } from '../reading-context-of.ts';

const DERECHO = readingContextOf('derecho');

/** Reads an export, in hours, as one chunk. */
export function readChunk(chunk: Uint8Array<ArrayBuffer>): ParsedChunk {
  return readQhistJsonChunk(chunk, { timeUnitSeconds: 3600 }, DERECHO);
}

export function readJson(text: string | Buffer): ParsedChunk & { readonly jobs: DecodedJob[] } {
  const chunk = readChunk(Uint8Array.from(typeof text === 'string' ? Buffer.from(text) : text));
  return { ...chunk, jobs: decodeBatch(chunk.batch) };
}

export function idsOf({ jobs }: { readonly jobs: readonly DecodedJob[] }): (string | null)[] {
  return jobs.map(({ job_id }) => job_id);
}
