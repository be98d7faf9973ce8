import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import { readRecordSpans } from '../read-record-spans.ts';
import type { ReadingContext } from '../reading-context.ts';
import { RecordReader } from '../record-reader.ts';
import { allSpans } from '../record-span.ts';
import { cutListRecord, type ListRecord } from './list-fields.ts';
import type { QhistListLayout } from './list-layout.ts';
import { ListScanner } from './list-scanner.ts';
import { LIST_LABELS, type ListShape, listShape } from './list-shape.ts';

export type { QhistListLayout };

/** What qhist prints for a value that a job does not have. */
const NO_VALUE = Buffer.from('N/A');

/** Reads a chunk of what `qhist -l` prints, cut between records. */
export function readQhistListChunk(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistListLayout,
  context: ReadingContext,
): ParsedChunk {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const spans = allSpans(new ListScanner(bytes.toString('latin1'), true));
  const shapes = new Map<string, ListShape>();
  const values = {
    starts: new Int32Array(LIST_LABELS.length),
    ends: new Int32Array(LIST_LABELS.length),
  };
  const builder = new JobBatchBuilder(chunk, newBatchColumns(spans.length));
  const reader = new RecordReader(context, builder, listShape([], { timeUnitSeconds: 1 }).columns);

  const shapeOf = ({ fields }: ListRecord): ListShape => {
    const labels = fields.map(({ label }) => label);
    const key = labels.join('\n');
    const shape = shapes.get(key) ?? listShape(labels, layout);
    shapes.set(key, shape);
    return shape;
  };

  return readRecordSpans(bytes, spans, builder, reader, ({ start, end }, line) => {
    const record = cutListRecord(bytes, start, end);
    const { columns, places } = shapeOf(record);
    values.starts.fill(0);
    values.ends.fill(0);
    values.starts[columns.plan.jobId] = record.idStart;
    values.ends[columns.plan.jobId] = record.idEnd;
    for (const [at, field] of record.fields.entries()) {
      if (places[at] === -1 || NO_VALUE.equals(bytes.subarray(field.start, field.end))) continue;
      values.starts[places[at]] = field.start;
      values.ends[places[at]] = field.end;
    }
    if (reader.isOther(columns, values)) return false;
    reader.readJob(columns, values, line);
    return true;
  });
}
