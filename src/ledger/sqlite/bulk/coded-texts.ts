import type { JobBatch } from '../../../job/job-batch.ts';
import { TextBytes } from './text-bytes.ts';

/** The texts of some tables of a batch as UTF-8, one after the other. */
export class CodedTexts {
  readonly bytes: TextBytes;
  /** Where each text begins, and how many bytes it has. */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** For each table the place of its first text in both. */
  readonly firsts: Int32Array;
  /** Bytes of the longest text, and what a job's texts take at most, one of each table. */
  readonly longest: number;
  readonly mostBytes: number;

  constructor(tables: JobBatch['tables']) {
    const texts = tables.flat().map((text) => Buffer.from(text));
    this.bytes = new TextBytes(Buffer.concat([...texts, Buffer.alloc(8)]));
    this.starts = new Int32Array(texts.length);
    this.lengths = Int32Array.from(texts, (text) => text.length);
    for (let i = 1; i < texts.length; i++) {
      this.starts[i] = this.starts[i - 1] + this.lengths[i - 1];
    }
    this.firsts = new Int32Array(tables.length);
    for (let i = 1; i < tables.length; i++) {
      this.firsts[i] = this.firsts[i - 1] + tables[i - 1].length;
    }
    const longest = this.lengths.reduce((most, length) => Math.max(most, length), 0);
    this.longest = longest;
    this.mostBytes = longest * tables.length;
  }
}
