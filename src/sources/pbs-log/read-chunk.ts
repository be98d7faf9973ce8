import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import { PbsRecordReader } from './pbs-record-reader.ts';
import { TYPE_PLACE } from './record-head.ts';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const TYPE_END = 'E'.charCodeAt(0);

/**
 * Reads a chunk of a PBS accounting log: whole lines `MM/DD/YYYY HH:MM:SS;TYPE;JOBID;key=value ...`, the last
 * one ended by a line feed. A record of type E is a job; one of any other type ends none and is counted. Times
 * are instants, so neither zone of the context is used to read them.
 */
export function readPbsLogChunk(
  chunk: Uint8Array<ArrayBuffer>,
  context: ReadingContext,
): ParsedChunk {
  // A Buffer's search is many times faster than a plain array's.
  const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const { lines, ends } = countLines(buffer);
  const builder = new JobBatchBuilder(chunk, newBatchColumns(ends));
  const records = new PbsRecordReader(context, buffer, builder);
  let start = 0;
  for (let line = 0; line < lines; line++) {
    const lineFeed = buffer.indexOf(LINE_FEED, start);
    const returns = lineFeed > start && buffer[lineFeed - 1] === CARRIAGE_RETURN ? 1 : 0;
    records.line(line, start, lineFeed - returns);
    start = lineFeed + 1;
  }
  return {
    batch: builder.finish(),
    rejects: records.rejects,
    lines,
    skippedLines: records.skippedLines,
    otherRecords: records.otherRecords,
    undecidedTimes: 0,
    repairedLines: 0,
  };
}

/** Counts the lines, and those of them that may be the end of a job, for which a batch needs room. */
function countLines(buffer: Buffer): { lines: number; ends: number } {
  let lines = 0;
  let ends = 0;
  let start = 0;
  for (let at = buffer.indexOf(LINE_FEED); at !== -1; at = buffer.indexOf(LINE_FEED, start)) {
    // Beyond the end of a short line stands another one, which makes for a slot too many.
    if (buffer[start + TYPE_PLACE] === TYPE_END) ends++;
    lines++;
    start = at + 1;
  }
  return { lines, ends };
}
