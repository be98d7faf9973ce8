import { isUtf8 } from 'node:buffer';
import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { QhistLayout } from './layout.ts';
import type { LineKernel } from './line-kernel.ts';
import { QhistRowReader } from './qhist-row-reader.ts';
import { readPlainLines } from './read-plain-lines.ts';
import { scanCsvLines } from './scan-csv-lines.ts';
import { MOST_SURPLUS_FIELDS } from './surplus-fields.ts';

/** How the lines of a chunk are read. */
export type Lane = 'plain' | 'csv';

/**
 * Reads a chunk of a qhist export: whole lines, the last one ended by a line feed.
 * Both lanes give the same jobs and the same rejects; the lane can be named to prove it.
 * @param inPlace a kernel in whose memory the batch stays if it is read there; otherwise it has memory of its own.
 */
export function readQhistChunk(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistLayout,
  context: ReadingContext,
  lane?: Lane,
  inPlace?: LineKernel,
): ParsedChunk {
  const taken = (inPlace ?? context.lineKernel()).take(chunk, layout.delimiter);
  // qhist never quotes; what does is not its plain export and is left to csv-parse.
  const isPlain = lane === undefined ? !taken.hasQuote : lane === 'plain';
  return isPlain
    ? readPlainLines(chunk, taken, layout, context, inPlace !== undefined)
    : readCsvLines(chunk, taken.lines, layout, context);
}

function readCsvLines(
  chunk: Uint8Array<ArrayBuffer>,
  lines: number,
  layout: QhistLayout,
  context: ReadingContext,
): ParsedChunk {
  const fieldBytes = new Uint8Array(chunk.length);
  const builder = new JobBatchBuilder(fieldBytes, newBatchColumns(lines));
  const rows = new QhistRowReader(layout, context, chunk, builder, isUtf8(chunk));
  const mostFields = layout.columns.length + MOST_SURPLUS_FIELDS;
  const fields = {
    count: 0,
    starts: new Int32Array(mostFields),
    ends: new Int32Array(mostFields),
  };
  scanCsvLines(chunk, fieldBytes, layout.delimiter, fields, rows);
  return { batch: builder.finish(), lines, ...rows.told };
}
