import { newBatchColumns } from '../../../../src/job/batch-columns.ts';
import {
  CODED,
  CODED_COLUMNS,
  NUMBER,
  NUMBER_COLUMNS,
  TEXT,
  TEXT_COLUMNS,
} from '../../../../src/job/job-batch.ts';
import { JobBatchBuilder } from '../../../../src/job/job-batch-builder.ts';
import { ZoneClock } from '../../../../src/site/zone-clock.ts';
import { zoneTable } from '../../../../src/site/zone-table.ts';
import type { ParsedChunk } from '../../../../src/sources/parsed-chunk.ts';
import type { ReadJob } from './random-history.ts';

/** The zone of the built-in machines. */
export const CLOCK = new ZoneClock(zoneTable('America/Denver'));

/** What a reader makes of a chunk that has these jobs, one a line. */
export function chunkOf(jobs: readonly ReadJob[]): ParsedChunk {
  const bytes = new Bytes(jobs);
  const builder = new JobBatchBuilder(bytes.all, newBatchColumns(jobs.length));
  for (const [row, { numbers, texts, qosCode, incomplete }] of jobs.entries()) {
    for (const column of NUMBER_COLUMNS) {
      builder.setNumber(NUMBER[column], numbers[column] ?? Number.NaN);
    }
    builder.setNumber(NUMBER.line, row);
    for (const column of TEXT_COLUMNS) {
      const { start, end } = bytes.next(texts[column]);
      builder.setText(TEXT[column], start, end);
    }
    for (const column of CODED_COLUMNS) {
      const text = texts[column];
      const { start, end } = bytes.next(text);
      // An empty span is NULL; an empty text stands in no bytes.
      if (text === undefined || text === '') builder.setCodedText(CODED[column], text ?? null);
      else builder.setCoded(CODED[column], start, end);
    }
    builder.qosCode = qosCode;
    builder.incomplete = incomplete;
    builder.endDay = CLOCK.localDay(numbers.end ?? Number.NaN);
    builder.endRow();
  }
  const batch = builder.finish();
  for (const [row, { texts, forgedHash }] of jobs.entries()) {
    for (const column of TEXT_COLUMNS) {
      if (texts[column] === '') batch.textLengths[TEXT[column] * batch.capacity + row] = 0;
    }
    if (forgedHash !== undefined) batch.identities.fill(forgedHash, 2 * row, 2 * row + 2);
  }
  return {
    batch,
    rejects: [],
    lines: jobs.length,
    skippedLines: 0,
    otherRecords: {},
    undecidedTimes: 0,
    repairedLines: 0,
  };
}

/** All texts of a chunk, one after the other, in the order in which they are asked for. */
class Bytes {
  readonly all: Uint8Array<ArrayBuffer>;
  #at = 0;

  constructor(jobs: readonly ReadJob[]) {
    const columns = [...TEXT_COLUMNS, ...CODED_COLUMNS];
    const texts = jobs.map((job) => columns.map((column) => job.texts[column] ?? '').join(''));
    this.all = new TextEncoder().encode(texts.join(''));
  }

  next(text = ''): { start: number; end: number } {
    const start = this.#at;
    this.#at += Buffer.byteLength(text);
    return { start, end: this.#at };
  }
}
