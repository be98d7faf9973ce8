import { CODED, NUMBER } from '../../../job/job-batch.ts';
import { type BatchMemory, slotsOf } from './batch-memory.ts';
import type { EncodedBatch } from './encode-batch.ts';
import type { EncodingKernel } from './encoding-kernel.ts';
import { IDS_PER_OWNER } from './job-owners.ts';

/**
 * The owners of the jobs of a batch, and what the jobs of each add up to by day. They take the memory of the cells of
 * the tables over.
 * @param count how many jobs go in.
 */
export function ownerCells(
  { buffer, exports }: EncodingKernel,
  memory: BatchMemory,
  count: number,
): Pick<EncodedBatch, 'owners' | 'ownerIds' | 'cells'> {
  const { at } = memory;
  const slots = slotsOf(count);
  const emptySlots = new Int32Array(buffer, at.slots, slots);
  exports.planOwners(
    ...coded(memory, CODED.user),
    ...coded(memory, CODED.account),
    ...coded(memory, CODED.queue),
  );
  emptySlots.fill(0);
  const known = exports.writeOwners(at.places, count, at.slots, slots, at.owners, at.ownerIds);
  exports.planCells(
    memory.numbers(NUMBER.cpu_hours),
    memory.numbers(NUMBER.gpu_hours),
    memory.numbers(NUMBER.memory_hours),
    at.endDays,
    at.qosCodes,
    at.qosFactors,
  );
  emptySlots.fill(0);
  const size = exports.writeCells(at.places, count, at.owners, at.slots, slots, at.cells);
  const { buffer: grown } = exports.memory;
  return {
    owners: new Int32Array(grown, at.owners, count).slice(),
    ownerIds: new Int32Array(grown, at.ownerIds, known * IDS_PER_OWNER).slice(),
    cells: new Float64Array(grown, at.cells, size / Float64Array.BYTES_PER_ELEMENT).slice(),
  };
}

/** Where the codes of a coded column and the ids of its texts are. */
function coded(memory: BatchMemory, column: number): [codes: number, ids: number] {
  return [memory.codes(column), memory.idsOfNames(column)];
}
