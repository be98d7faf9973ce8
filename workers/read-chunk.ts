import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { batchBuffers } from '../src/job/job-batch.ts';
import { compileContext } from '../src/sources/reading-context.ts';
import { readSourceChunk } from '../src/sources/source-format.ts';
import type { ReadChunkResult, ReadChunkTask, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const context = compileContext(settings);

export default function readChunk({ chunk, format }: ReadChunkTask): unknown {
  const result: ReadChunkResult = readSourceChunk(chunk, format, context);
  return move({
    [transferableSymbol]: batchBuffers(result.batch),
    [valueSymbol]: result,
  });
}
