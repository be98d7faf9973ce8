import type { ParsedChunk } from '../../src/sources/parsed-chunk.ts';
import type { Reject } from '../../src/sources/reject.ts';
import { type DecodedJob, decodeBatch } from './decode-batch.ts';

type ReadChunk = (chunk: Uint8Array<ArrayBuffer>) => ParsedChunk;

export interface ReadPieces {
  readonly jobs: DecodedJob[];
  readonly rejects: Reject[];
  readonly lines: number;
  readonly skippedLines: number;
}

/** Reads each piece as a chunk of its own; lines and offsets are counted from the beginning of the first. */
export function readPieces(pieces: readonly Buffer[], readChunk: ReadChunk): ReadPieces {
  const read: ReadPieces = { jobs: [], rejects: [], lines: 0, skippedLines: 0 };
  let [lines, skippedLines, byteOffset] = [0, 0, 0];
  for (const piece of pieces) {
    const chunk = readChunk(Uint8Array.from(piece));
    for (const job of decodeBatch(chunk.batch)) {
      read.jobs.push({ ...job, line: lines + Number(job.line) });
    }
    for (const reject of chunk.rejects) {
      const [line, offset] = [lines + reject.line, byteOffset + reject.byteOffset];
      read.rejects.push({ ...reject, line, byteOffset: offset });
    }
    lines += chunk.lines;
    skippedLines += chunk.skippedLines;
    byteOffset += piece.length;
  }
  return { ...read, lines, skippedLines };
}

/**
 * Cuts bytes as a file is cut that is read so many bytes at a time: behind the last record that is whole in
 * what is known so far, with the rest carried over.
 */
export function cutInto(
  bytes: Buffer,
  readBytes: number,
  wholeRecordsEnd: (known: Buffer) => number,
): Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  for (let known = readBytes; known < bytes.length; known += readBytes) {
    const end = start + wholeRecordsEnd(bytes.subarray(start, known));
    if (end > start) pieces.push(bytes.subarray(start, end));
    start = end;
  }
  return [...pieces, bytes.subarray(start)];
}
