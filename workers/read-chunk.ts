import { workerData } from 'node:worker_threads';
import { batchBuffers } from '../src/job/job-batch.ts';
import { compileContext } from '../src/sources/reading-context.ts';
import { chunkReader } from '../src/sources/source-format.ts';
import type { ReadChunkResult, ReadChunkTask, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const context = compileContext(settings);

/** Hands the jobs of a chunk over or, for a new ledger, holds them until their rows have ids. */
export default async function readChunk(task: ReadChunkTask): Promise<unknown> {
  const { chunk, format, mainThread } = task;
  const read = await chunkReader(format);
  const result: ReadChunkResult = read(chunk, context);
  if (mainThread !== undefined) {
    // Only a new ledger needs what writes pages.
    const { holdBatch } = await import('./hold-batch.ts');
    return holdBatch(result, mainThread);
  }
  const { moved } = await import('./moved.ts');
  return moved(result, batchBuffers(result.batch));
}
