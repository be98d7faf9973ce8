import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { batchBuffers } from '../src/job/job-batch.ts';
import { readQhistChunk } from '../src/sources/qhist-csv/read-chunk.ts';
import { compileContext } from '../src/sources/reading-context.ts';
import type { ReadChunkResult, ReadChunkTask, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const context = compileContext(settings);

export default function readChunk({ chunk, layout }: ReadChunkTask): unknown {
  const result: ReadChunkResult = readQhistChunk(chunk, layout, context);
  return move({
    [transferableSymbol]: batchBuffers(result.batch),
    [valueSymbol]: result,
  });
}
