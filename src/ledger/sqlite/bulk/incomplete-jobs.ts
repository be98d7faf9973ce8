import type { BatchMemory } from './batch-memory.ts';
import type { EncodingKernel } from './encoding-kernel.ts';

/**
 * The jobs of a batch whose charges are incomplete: for each of them its number among those that go in, then its
 * INCOMPLETE flags. They take the memory of the cells of the tables over.
 * @param count how many jobs go in.
 */
export function incompleteJobs(
  { exports }: EncodingKernel,
  { at }: BatchMemory,
  count: number,
): Uint32Array<ArrayBuffer> {
  const incomplete = exports.gatherIncomplete(at.places, count, at.incomplete, at.cells);
  return new Uint32Array(exports.memory.buffer, at.cells, 2 * incomplete).slice();
}
