import { expect } from 'vitest';
import type { DecodedJob } from '../decode-batch.ts';
import { endRecord, type Values } from './log-line.ts';
import { readLines } from './read-log.ts';

/** The job of an E record with these values, all others as in a sample record. */
export function job(values: Values = {}): DecodedJob {
  const read = readLines([endRecord(values)]);
  expect(read.rejects).toEqual([]);
  return read.jobs[0];
}
