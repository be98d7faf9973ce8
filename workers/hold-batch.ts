import { type MessagePort, workerData } from 'node:worker_threads';
import { releaseBatch } from '../src/job/job-batch.ts';
import { keysOf } from '../src/ledger/sqlite/bulk/batch-keys.ts';
import { encodeBatch } from '../src/ledger/sqlite/bulk/encode-batch.ts';
import type { ParsedChunk } from '../src/sources/parsed-chunk.ts';
import type { LineKernel } from '../src/sources/qhist-csv/line-kernel.ts';
import { BatchKernels } from './batch-kernels.ts';
import type { EncodeBatchResult, HeldBatchIds, HeldLines, WorkerSettings } from './messages.ts';

const settings: WorkerSettings = workerData;
const kernels = new BatchKernels(settings.kernel);

/**
 * Keeps the jobs of a chunk in this thread until the main thread has given them ids, and writes them to the
 * file of the new ledger then. Meanwhile the thread reads the next chunk.
 * @param read reads the chunk; its batch may stay in the memory of that kernel.
 */
export function holdBatch(
  read: (kernel: LineKernel) => ParsedChunk,
  mainThread: MessagePort,
): Promise<void> {
  return kernels.lend(async (kernel) => {
    const { batch, ...lines } = read(kernel.lines);
    const isInKernel = kernel.encoding.holds(batch.bytes);
    const keys = keysOf(batch);
    const held: HeldLines = { ...lines, keys };
    const answer = new Promise<HeldBatchIds>((resolve) => mainThread.once('message', resolve));
    mainThread.postMessage(held, [keys.identities.buffer]);
    const ids = await answer;
    const result: EncodeBatchResult = encodeBatch({ ...ids, batch }, kernel.encoding);
    if (!isInKernel) releaseBatch(batch);
    // Not as the answer of the task: what Piscina needs to move buffers takes each thread its time to load.
    mainThread.postMessage(result, [
      result.ends.buffer,
      result.owners.buffer,
      result.cells.buffer,
      result.facts.columns.buffer,
      result.entries.buffer,
    ]);
  });
}
