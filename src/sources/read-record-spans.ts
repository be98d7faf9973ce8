import { isUtf8 } from 'node:buffer';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';
import type { ParsedChunk } from './parsed-chunk.ts';
import type { RecordReader } from './record-reader.ts';
import type { RecordSpan } from './record-span.ts';
import { type Reject, Rejection, rawText } from './reject.ts';

const LINE_FEED = 10;

/**
 * Reads the records of a chunk, each of which may take many lines, into a batch.
 * @param readRecord returns whether the record is a job, and throws a Rejection where it can't be one. Its
 * line is the number of line feeds before it.
 */
export function readRecordSpans(
  chunk: Buffer<ArrayBuffer>,
  spans: readonly RecordSpan[],
  builder: JobBatchBuilder,
  reader: RecordReader,
  readRecord: (span: RecordSpan, line: number) => boolean,
): ParsedChunk {
  const rejects: Reject[] = [];
  const encodingIsSound = isUtf8(chunk);
  let skippedLines = 0;
  const lineFeeds = new LineFeeds(chunk);
  for (const span of spans) {
    const { start, end, flaw } = span;
    const line = lineFeeds.before(start);
    try {
      if (flaw !== null) throw flaw;
      if (!encodingIsSound && !isUtf8(chunk.subarray(start, end))) {
        throw new Rejection('bad-encoding', 'the record is not valid UTF-8');
      }
      if (!readRecord(span, line)) skippedLines++;
    } catch (problem) {
      if (!(problem instanceof Rejection)) throw problem;
      const { code, reason } = problem;
      rejects.push({ line, byteOffset: start, code, reason, rawText: rawText(chunk, start, end) });
    }
  }
  return {
    batch: builder.finish(),
    rejects,
    lines: lineFeeds.before(chunk.length),
    skippedLines,
    otherRecords: reader.otherRecords,
    undecidedTimes: reader.undecidedTimes,
    repairedLines: 0,
  };
}

/** Counts line feeds in one pass; a chunk may be one long line. */
class LineFeeds {
  readonly #bytes: Buffer;
  #count = 0;
  #next: number;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#next = bytes.indexOf(LINE_FEED);
  }

  /** @param offset not before that of the call before. */
  before(offset: number): number {
    while (this.#next !== -1 && this.#next < offset) {
      this.#count++;
      this.#next = this.#bytes.indexOf(LINE_FEED, this.#next + 1);
    }
    return this.#count;
  }
}
