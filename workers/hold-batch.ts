import { type MessagePort, workerData } from 'node:worker_threads';
import { releaseBatch } from '../src/job/job-batch.ts';
import { keysOf } from '../src/ledger/sqlite/bulk/batch-keys.ts';
import { encodeBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import { EncodingKernel } from '../src/ledger/sqlite/bulk/encoding-kernel.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { EncodeBatchResult, HeldBatchIds, HeldLines, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const kernel = new EncodingKernel(settings.kernel);

/**
 * Keeps the jobs of a chunk in this thread until the main thread has given them ids, and writes them to the
 * file of the new ledger then. Meanwhile the thread reads the next chunk.
 */
export async function holdBatch(
  { batch, ...lines }: ParsedChunk,
  mainThread: MessagePort,
): Promise<void> {
  const keys = keysOf(batch);
  const held: HeldLines = { ...lines, keys };
  const answer = new Promise<HeldBatchIds>((resolve) => mainThread.once('message', resolve));
  mainThread.postMessage(held, [keys.identities.buffer]);
  const ids = await answer;
  const result: EncodeBatchResult = encodeBatch({ ...ids, batch }, kernel);
  releaseBatch(batch);
  // Not as the answer of the task: what Piscina needs to move buffers takes each thread its time to load.
  mainThread.postMessage(result, [
    result.ends.buffer,
    result.owners.buffer,
    result.cells.buffer,
    result.facts.numbers.buffer,
    result.entries.buffer,
  ]);
}
