import type { JobBatch } from '../job/job-batch.ts';
import type { Reject } from './reject.ts';

/** What a chunk of raw history has become besides jobs. Every line is a job, a reject, or skipped. */
export interface ParsedLines {
  readonly rejects: readonly Reject[];
  readonly lines: number;
  /** Lines that hold no job by their nature: blank, a repeated header, a record that ends no job. */
  readonly skippedLines: number;
  /** How many of them are records of each other type, such as Q, S and D in a PBS log. */
  readonly otherRecords: Readonly<Record<string, number>>;
  /** Jobs with a time in the repeated hour of autumn that nothing in the record decides. */
  readonly undecidedTimes: number;
  /** Jobs of lines with surplus delimiters in a text that only one way of joining fields explains. */
  readonly repairedLines: number;
}

export interface ParsedChunk extends ParsedLines {
  readonly batch: JobBatch;
}
