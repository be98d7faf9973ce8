import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import { readRecordSpans } from '../read-record-spans.ts';
import type { ReadingContext } from '../reading-context.ts';
import { RecordReader } from '../record-reader.ts';
import { allSpans } from '../record-span.ts';
import { jsonColumns } from './json-columns.ts';
import { JsonScanner } from './json-scanner.ts';
import { JsonValues } from './json-values.ts';

/** What the reader must know of one export: plain data, sent along with each chunk. */
export interface QhistJsonLayout {
  /** Of durations; the export names no unit, and qhist prints hours unless told otherwise. */
  readonly timeUnitSeconds: number;
}

/**
 * Reads a chunk of what `qhist -J` prints, cut between records. Each record is parsed on its own: one that
 * can't be a job costs none of its neighbours.
 */
export function readQhistJsonChunk(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistJsonLayout,
  context: ReadingContext,
): ParsedChunk {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const spans = allSpans(new JsonScanner(bytes.toString('latin1'), true));
  const columns = jsonColumns(layout.timeUnitSeconds);
  const values = new JsonValues(bytes.length, spans.length);
  const builder = new JobBatchBuilder(values.bytes, newBatchColumns(spans.length));
  const reader = new RecordReader(context, builder, columns);
  return readRecordSpans(bytes, spans, builder, reader, ({ start, end }, line) => {
    values.read(bytes.toString('utf8', start, end));
    if (reader.isOther(columns, values)) return false;
    reader.readJob(columns, values, line);
    return true;
  });
}
