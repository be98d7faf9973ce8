import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { QhistLayout } from './layout.ts';
import { QhistRowReader } from './qhist-row-reader.ts';
import { readPlainLines } from './read-plain-lines.ts';
import { scanCsvLines } from './scan-csv-lines.ts';
import { MOST_SURPLUS_FIELDS } from './surplus-fields.ts';

const QUOTE = '"'.charCodeAt(0);
const LINE_FEED = 10;

/** How the lines of a chunk are cut into fields. */
export type Lane = 'plain' | 'csv';

/** qhist never quotes; what does is not its plain export and is left to csv-parse. */
export function laneOf(chunk: Uint8Array<ArrayBuffer>): Lane {
  return asBuffer(chunk).includes(QUOTE) ? 'csv' : 'plain';
}

/**
 * Reads a chunk of a qhist export: whole lines, the last one ended by a line feed.
 * Both lanes give the same jobs and the same rejects; the lane can be named to prove it.
 */
export function readQhistChunk(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistLayout,
  context: ReadingContext,
  lane: Lane = laneOf(chunk),
): ParsedChunk {
  return lane === 'plain'
    ? readPlainLines(chunk, layout, context)
    : readCsvLines(chunk, layout, context);
}

function readCsvLines(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistLayout,
  context: ReadingContext,
): ParsedChunk {
  const lines = countLines(chunk);
  const fieldBytes = new Uint8Array(chunk.length);
  const builder = new JobBatchBuilder(fieldBytes, newBatchColumns(lines));
  const rows = new QhistRowReader(layout, context, chunk, builder);
  const mostFields = layout.columns.length + MOST_SURPLUS_FIELDS;
  const fields = {
    count: 0,
    starts: new Int32Array(mostFields),
    ends: new Int32Array(mostFields),
  };
  scanCsvLines(chunk, fieldBytes, layout.delimiter, fields, rows);
  return { batch: builder.finish(), lines, ...rows.told };
}

function countLines(chunk: Uint8Array<ArrayBuffer>): number {
  const buffer = asBuffer(chunk);
  let lines = 0;
  for (let at = buffer.indexOf(LINE_FEED); at !== -1; at = buffer.indexOf(LINE_FEED, at + 1))
    lines++;
  return lines;
}

/** A Buffer's search is many times faster than a plain array's. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
