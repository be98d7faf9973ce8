import { isUtf8 } from 'node:buffer';
import { copiedColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { KernelChunk } from './kernel-chunk.ts';
import { KernelCompletion } from './kernel-completion.ts';
import { kernelPlan } from './kernel-plan.ts';
import { KernelTexts } from './kernel-texts.ts';
import type { QhistLayout } from './layout.ts';
import { QhistRowReader } from './qhist-row-reader.ts';
import { rowPlan } from './row-plan.ts';
import { MOST_SURPLUS_FIELDS } from './surplus-fields.ts';

/**
 * The fast lane: reads a chunk that holds no quote. The kernel reads the lines that are beyond doubt, and the row
 * reader any other, such as one that is to be a reject. It must give what the lane of csv-parse gives; a property
 * test holds the two together.
 * @param inPlace whether the batch stays in the memory of the kernel, where the next chunk overwrites it.
 */
export function readPlainLines(
  chunk: Uint8Array<ArrayBuffer>,
  taken: KernelChunk,
  layout: QhistLayout,
  context: ReadingContext,
  inPlace: boolean,
): ParsedChunk {
  const soundEncoding = taken.isAscii || isUtf8(chunk);
  const lines = taken.begin({
    columns: layout.columns.length,
    mostFields: layout.columns.length + MOST_SURPLUS_FIELDS,
    soundEncoding,
    plan: kernelPlan(rowPlan(layout)),
  });
  const bytes = inPlace ? lines.bytes : chunk;
  const texts = new KernelTexts(bytes, lines, context);
  const builder = new JobBatchBuilder(bytes, lines.columns, texts.columns);
  const rows = new QhistRowReader(layout, context, bytes, builder, soundEncoding);
  const completion = new KernelCompletion(lines, texts, context, builder);
  while (!lines.ended) {
    const end = texts.coding(() => lines.read(builder.rows, context.sourceClock.plainReadings));
    while (builder.rows < end) {
      builder.rows = completion.complete(end);
      if (builder.rows === end) break;
      const select = texts.select(lines.selectCodes[builder.rows]);
      completion.learnFrom(select, () => rows.completeRead(select));
      builder.endIdentifiedRow();
    }
    if (!lines.ended) {
      rows.row(lines.fields, lines.position, lines.controls);
      lines.passLine();
    }
  }
  const read = builder.finish(taken.isAscii);
  const batch = inPlace ? read : { ...read, ...copiedColumns(read) };
  return { batch, lines: taken.lines, ...rows.told };
}
