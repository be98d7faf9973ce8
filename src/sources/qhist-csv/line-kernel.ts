import { CODED, NUMBER } from '../../job/job-batch.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { LATEST_END } from '../job-completer.ts';
import { LINE_LIMIT_BYTES } from '../reject.ts';
import { KernelChunk } from './kernel-chunk.ts';
import { MOST_CODES, TABLE_SLOTS } from './kernel-lines.ts';
import { SELECT_COLUMN } from './kernel-plan.ts';
import { type LineExports, setParameters } from './line-exports.ts';

/**
 * The part of the kernel that reads lines: into the columns of a batch as long as a line is beyond doubt a job, in
 * the plainest form of each field. It cuts all lines, and leaves any other to its caller.
 */
export class LineKernel {
  readonly #kernel: Kernel<LineExports>;

  constructor(kernel: Kernel<LineExports>) {
    this.#kernel = kernel;
    setParameters(kernel.exports, {
      shortIdColumn: NUMBER.short_id,
      arrayIndexColumn: NUMBER.array_index,
      submitColumn: NUMBER.submit,
      eligibleColumn: NUMBER.eligible,
      startColumn: NUMBER.start,
      endColumn: NUMBER.end,
      lineColumn: NUMBER.line,
      selectColumn: SELECT_COLUMN,
      latestEnd: LATEST_END,
      longestLine: LINE_LIMIT_BYTES,
      tableSlots: TABLE_SLOTS,
      mostCodes: MOST_CODES,
      ranksColumn: NUMBER.mpiprocs,
      threadsColumn: NUMBER.ompthreads,
      nodesColumn: NUMBER.numnodes,
      cpusColumn: NUMBER.numcpus,
      gpusColumn: NUMBER.numgpus,
      elapsedColumn: NUMBER.elapsed,
      requestedColumn: NUMBER.reqmem,
      usedColumn: NUMBER.memory,
      lastColumn: NUMBER.end,
      cpuHoursColumn: NUMBER.cpu_hours,
      gpuHoursColumn: NUMBER.gpu_hours,
      memoryHoursColumn: NUMBER.memory_hours,
      accountColumn: CODED.account,
      queueColumn: CODED.queue,
      priorityColumn: CODED.priority,
      cpuTypeColumn: CODED.cputype,
      gpuTypeColumn: CODED.gputype,
    });
  }

  /** Copies a chunk of whole lines in, and finds what cuts it. All made of it is there until the next one is. */
  take(chunk: Uint8Array<ArrayBuffer>, delimiter: string): KernelChunk {
    return new KernelChunk(this.#kernel, chunk, delimiter);
  }
}
