import type { ParsedChunk } from '../../../src/sources/parsed-chunk.ts';
import { readPbsLogChunk } from '../../../src/sources/pbs-log/read-chunk.ts';
import { type DecodedJob, decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';

const CONTEXTS = { derecho: readingContextOf('derecho'), casper: readingContextOf('casper') };
export type MachineName = keyof typeof CONTEXTS;

export interface ReadLog extends ParsedChunk {
  readonly jobs: DecodedJob[];
}

/** Reads a log that fits into one chunk and ends with a line feed. */
export function readLog(
  text: string | Uint8Array<ArrayBuffer>,
  machine: MachineName = 'derecho',
): ReadLog {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const chunk = readPbsLogChunk(bytes, CONTEXTS[machine]);
  return { ...chunk, jobs: decodeBatch(chunk.batch) };
}

/** Reads lines that stand without their line ends. */
export function readLines(lines: readonly string[], machine: MachineName = 'derecho'): ReadLog {
  return readLog(lines.map((line) => `${line}\n`).join(''), machine);
}
