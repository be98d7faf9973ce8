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
  if (mainThread !== undefined) {
    // Only a new ledger needs what writes pages.
    const { holdBatch } = await import('./hold-batch.ts');
    return holdBatch((kernel) => {
      const parsed = read(chunk, context, kernel);
      // The collector would let it stand for a while.
      if (parsed.batch.bytes.buffer !== chunk.buffer) chunk.buffer.transfer(0);
      return parsed;
    }, mainThread);
  }
  const result: ReadChunkResult = read(chunk, context);
  const { moved } = await import('./moved.ts');
  return moved(result, batchBuffers(result.batch));
}
