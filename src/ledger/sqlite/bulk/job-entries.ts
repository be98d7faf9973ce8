import { NUMBER, TEXT } from '../../../job/job-batch.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { EncodingKernel } from './encoding-kernel.ts';

/**
 * The entries that the jobs of a batch have in the unique index, in its order, in the form of `run-entries.ts` of the kernel. They
 * take the memory of the cells of the tables over.
 * @param count how many jobs go in.
 */
export function jobEntries(
  kernel: EncodingKernel,
  memory: BatchMemory,
  firstRowId: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const { at } = memory;
  const size = kernel.exports.writeEntries(
    at.places,
    count,
    firstRowId,
    at.bytes,
    memory.textStarts(TEXT.job_id),
    memory.textLengths(TEXT.job_id),
    memory.numbers(NUMBER.submit),
    at.entryKeys,
    at.cells,
  );
  return new Uint8Array(kernel.buffer, at.cells, size).slice();
}
