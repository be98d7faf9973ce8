import type { ParsedChunk } from '../../../src/sources/parsed-chunk.ts';
import type { TimeUnit } from '../../../src/sources/qhist-csv/labels.ts';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { type Lane, readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { type DecodedJob, decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';

const LINE_FEED = 10;

export interface ReadExportOptions {
  /** A built-in machine, derecho by default. */
  readonly machine?: string;
  readonly timeUnit?: TimeUnit;
  readonly lane?: Lane;
}

export interface ReadExport extends ParsedChunk {
  readonly jobs: DecodedJob[];
}

/** Reads an export that fits into one chunk; the first line is its header, each line ends with a line feed. */
export function readExport(
  text: string | Uint8Array<ArrayBuffer>,
  options: ReadExportOptions = {},
): ReadExport {
  const bytes = typeof text === 'string' ? utf8(text) : text;
  const rowsStart = bytes.indexOf(LINE_FEED) + 1;
  const header = Buffer.from(bytes.subarray(0, rowsStart))
    .toString()
    .replace(/\r?\n$/, '');
  const { layout } = readHeader('jobs.csv', header, options.timeUnit ?? 'h');
  const context = readingContextOf(options.machine ?? 'derecho');
  const chunk = readQhistChunk(bytes.slice(rowsStart), layout, context, options.lane);
  return { ...chunk, jobs: decodeBatch(chunk.batch) };
}
