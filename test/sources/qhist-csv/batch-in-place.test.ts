import { describe, expect, it } from 'vitest';
import { compileKernel, Kernel } from '../../../src/kernel/kernel.ts';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import type { LineExports } from '../../../src/sources/qhist-csv/line-exports.ts';
import { LineKernel } from '../../../src/sources/qhist-csv/line-kernel.ts';
import { readQhistChunk } from '../../../src/sources/qhist-csv/read-chunk.ts';
import { decodeBatch } from '../decode-batch.ts';
import { utf8 } from '../field-bytes.ts';
import { readingContextOf } from '../reading-context-of.ts';
import { ALL_LABELS, exportLine, type JobFields } from './export-line.ts';

const { layout } = readHeader('jobs.csv', ALL_LABELS.join(','), 'h');
const CONTEXT = readingContextOf('derecho');

/** Beyond doubt, in doubt for a form that only JavaScript reads, and a reject. */
const JOBS: readonly JobFields[] = [
  { 'Job ID': '1.desched1' },
  { 'Job ID': '2[3].desched1', 'Job Name': 'naïve', Walltime: '12:00:00' },
  { 'Job ID': '4.desched1', User: '' },
  { 'Job ID': '5.desched1', Account: '' },
];

describe('the batch of a chunk', () => {
  it('is not touched by what is read after it', () => {
    const { batch } = readQhistChunk(chunkOf(JOBS), layout, CONTEXT);
    const jobs = decodeBatch(batch);
    readQhistChunk(chunkOf(JOBS.toReversed()), layout, CONTEXT);
    expect(decodeBatch(batch)).toEqual(jobs);
  });

  it('stays in the kernel that it is asked to stay in, and has the same jobs and rejects', () => {
    const kernel = new Kernel<LineExports>(compileKernel());
    const lines = new LineKernel(kernel);
    const read = (inPlace?: LineKernel) => {
      const parsed = readQhistChunk(chunkOf(JOBS), layout, CONTEXT, undefined, inPlace);
      return { ...parsed, jobs: decodeBatch(parsed.batch) };
    };
    const own = read();
    const inPlace = read(lines);
    expect(kernel.holds(inPlace.batch.numbers)).toBe(true);
    expect(kernel.holds(inPlace.batch.bytes)).toBe(true);
    expect(kernel.holds(own.batch.numbers)).toBe(false);
    expect(inPlace.jobs).toEqual(own.jobs);
    expect(inPlace.jobs).toHaveLength(3);
    expect(inPlace.rejects).toEqual(own.rejects);
  });

  it('has memory of its own where the kernel has not read it', () => {
    const kernel = new Kernel<LineExports>(compileKernel());
    const chunk = chunkOf([{ 'Job Name': '"a,b"' }]);
    const { batch } = readQhistChunk(chunk, layout, CONTEXT, undefined, new LineKernel(kernel));
    expect(kernel.holds(batch.numbers)).toBe(false);
  });
});

function chunkOf(jobs: readonly JobFields[]): Uint8Array<ArrayBuffer> {
  return utf8(`${jobs.map((fields) => exportLine(fields)).join('\n')}\n`);
}
