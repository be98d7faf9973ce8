import { isUtf8 } from 'node:buffer';
import { copiedColumns } from '../../job/batch-columns.ts';
import { CODED } from '../../job/job-batch.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { SelectStatement } from '../select-statement.ts';
import { kernelPlan, SELECT_COLUMN } from './kernel-plan.ts';
import type { QhistLayout } from './layout.ts';
import type { KernelLines } from './line-kernel.ts';
import { QhistRowReader } from './qhist-row-reader.ts';
import { rowPlan } from './row-plan.ts';
import { MOST_SURPLUS_FIELDS } from './surplus-fields.ts';

/**
 * The fast lane: reads a chunk that holds no quote. The kernel reads the lines that are beyond doubt, and the row
 * reader any other, such as one that is to be a reject. It must give what the lane of csv-parse gives; a property
 * test holds the two together.
 */
export function readPlainLines(
  chunk: Uint8Array<ArrayBuffer>,
  layout: QhistLayout,
  context: ReadingContext,
): ParsedChunk {
  const lines = context.lineKernel().take(chunk, {
    delimiter: layout.delimiter.charCodeAt(0),
    columns: layout.columns.length,
    mostFields: layout.columns.length + MOST_SURPLUS_FIELDS,
    soundEncoding: isUtf8(chunk),
    plan: kernelPlan(rowPlan(layout)),
  });
  const builder = new JobBatchBuilder(chunk, lines.columns);
  const rows = new QhistRowReader(layout, context, chunk, builder);
  const texts = new KernelTexts(context, builder);
  while (!lines.ended) {
    const end = lines.read(builder.rows, texts.codeCounts(), context.sourceClock.plainReadings);
    texts.take(lines);
    while (builder.rows < end) {
      rows.completeRead(texts.select(lines.selectCodes[builder.rows]));
    }
    if (!lines.ended) {
      rows.row(lines.fields, lines.position, lines.controls);
      lines.passLine();
    }
  }
  const batch = builder.finish();
  return { batch: { ...batch, ...copiedColumns(batch) }, lines: lines.count, ...rows.told };
}

/** The texts that the kernel has given codes, which it and the builder share. */
class KernelTexts {
  readonly #context: ReadingContext;
  readonly #builder: JobBatchBuilder;
  readonly #selects: SelectStatement[] = [];
  readonly #noSelect: SelectStatement;
  readonly #counts = new Int32Array(SELECT_COLUMN + 1);

  constructor(context: ReadingContext, builder: JobBatchBuilder) {
    this.#context = context;
    this.#builder = builder;
    this.#noSelect = context.selectStatements.of('');
  }

  /** How many codes each column has. */
  codeCounts(): Int32Array {
    for (const column of Object.values(CODED)) {
      this.#counts[column] = this.#builder.codeCount(column);
    }
    this.#counts[SELECT_COLUMN] = this.#selects.length;
    return this.#counts;
  }

  take(lines: KernelLines): void {
    const { bytes } = this.#builder;
    for (const { column, start, end } of lines.newTexts()) {
      if (column === SELECT_COLUMN) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
        this.#selects.push(this.#context.selectStatements.of(text.toString('utf8')));
      } else {
        this.#builder.addCodedText(column, start, end);
      }
    }
  }

  select(code: number): SelectStatement {
    return code === -1 ? this.#noSelect : this.#selects[code];
  }
}
