import type { JobBatch } from '../../../../src/job/job-batch.ts';
import { INTEGER_COLUMN } from '../../../../src/kernel/assembly/rows/column-kinds.ts';
import type { EncodingKernel } from '../../../../src/ledger/sqlite/bulk/encoding-kernel.ts';

/** As much as is read behind the arrays of a batch. */
const ROOM = 64;

/** A batch in the memory of a kernel, all the rest of which is a word that means something where a row is planned. */
export function batchIn(kernel: EncodingKernel, batch: JobBatch): JobBatch {
  const { bytes, numbers, textStarts, textLengths, codes } = batch;
  const { qosCodes, incomplete, endDays, identities } = batch;
  const arrays = { bytes, numbers, textStarts, textLengths, codes, qosCodes, incomplete, endDays };
  const sizes = Object.entries(arrays).map(([name, { byteLength }]) => [name, byteLength + ROOM]);
  const at: Record<keyof typeof arrays, number> = kernel.layOut(Object.fromEntries(sizes));
  const { buffer } = kernel;
  new Int32Array(buffer, at.bytes).fill(INTEGER_COLUMN);
  for (const [i, array] of Object.values(arrays).entries()) kernel.put(Object.values(at)[i], array);
  return {
    ...batch,
    bytes: new Uint8Array(buffer, at.bytes, bytes.length),
    numbers: new Float64Array(buffer, at.numbers, numbers.length),
    textStarts: new Int32Array(buffer, at.textStarts, textStarts.length),
    textLengths: new Int32Array(buffer, at.textLengths, textLengths.length),
    codes: new Int32Array(buffer, at.codes, codes.length),
    qosCodes: new Uint8Array(buffer, at.qosCodes, qosCodes.length),
    incomplete: new Uint8Array(buffer, at.incomplete, incomplete.length),
    endDays: new Int32Array(buffer, at.endDays, endDays.length),
    identities,
  };
}
