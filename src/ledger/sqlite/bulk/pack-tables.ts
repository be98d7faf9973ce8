import { NUMBER } from '../../../job/job-batch.ts';
import { ALL_PACKED, ROW_TOO_LONG } from '../../../kernel/assembly/packing-steps.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { BatchEncoding, EncodedBatch } from './encode-batch.ts';
import type { EncodingKernel } from './encoding-kernel.ts';
import { planJobRows } from './job-plan.ts';
import { OverflowPages } from './overflow-pages.ts';
import { PageFile } from './page-file.ts';
import type { TableLeaves } from './table-leaf-pages.ts';

/**
 * Has the kernel pack jobs of a batch as rows of `jobs` and `job_charges`, and writes their pages to the file.
 * @param count how many jobs go in.
 */
export function packTables(
  kernel: EncodingKernel,
  memory: BatchMemory,
  encoding: BatchEncoding,
  count: number,
): Pick<EncodedBatch, 'jobs' | 'charges'> {
  const { exports } = kernel;
  const file = new PageFile(encoding.file);
  const { at, mostPages } = memory;
  exports.layOutLeaves(file.pageSize, at.pages, mostPages, at.lastRowIds, at.cellStarts, at.cells);
  planJobRows(kernel, memory, encoding);
  exports.beginJobRows(at.places, count, encoding.firstRowId);
  const jobs = packLeaves(kernel, file, memory);
  exports.planChargeRows(
    memory.numbers(NUMBER.cpu_hours),
    memory.numbers(NUMBER.gpu_hours),
    memory.numbers(NUMBER.memory_hours),
    at.qosCodes,
    at.qosFactors,
    at.incomplete,
    encoding.chargeVersion,
  );
  exports.beginChargeRows(at.places, count, encoding.firstRowId);
  const charges = packLeaves(kernel, file, memory);
  return { jobs, charges };
}

function packLeaves(kernel: EncodingKernel, file: PageFile, { at }: BatchMemory): TableLeaves {
  const { exports } = kernel;
  const overflow = OverflowPages.ofTable(file);
  const pages: number[] = [];
  const lastRowIds: number[] = [];
  for (;;) {
    const step = exports.packRows();
    if (step === ROW_TOO_LONG) {
      const rest = Buffer.from(kernel.buffer, exports.restStart.value, exports.restBytes.value);
      exports.endLongRow(overflow.writeChain(rest));
      continue;
    }
    const count = exports.takePages();
    if (count > 0) {
      const first = file.append(new Uint8Array(kernel.buffer, at.pages, count * file.pageSize));
      for (let i = 0; i < count; i++) pages.push(file.pageNumber(first + i));
      lastRowIds.push(...new Float64Array(kernel.buffer, at.lastRowIds, count));
    }
    if (step === ALL_PACKED) {
      return { pages: Float64Array.from(pages), lastRowIds: Float64Array.from(lastRowIds) };
    }
  }
}
