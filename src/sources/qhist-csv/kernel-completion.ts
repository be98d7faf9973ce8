import type { ChargeTerms } from '../../charging/charge-terms.ts';
import { CODED } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import {
  BY_COUNT,
  BY_NODE,
  CHARGED_IN_JAVASCRIPT,
  CPU_SHIFT,
  GPU_SHIFT,
  MEMORY_REQUESTED,
  MEMORY_SHIFT,
  MEMORY_USED,
} from '../../kernel/assembly/reading/charge-kinds.ts';
import type { ReadingContext } from '../reading-context.ts';
import type { SelectStatement } from '../select-statement.ts';
import { type KernelLines, MOST_CODES, QUEUE_BYTES, SELECT_BYTES } from './kernel-lines.ts';
import type { KernelTexts } from './kernel-texts.ts';

const NO_CODE = -1;
/** Of a text that gets its code when the first job has it. */
const UNKNOWN_CODE = -2;

/**
 * Has the kernel complete the rows that it has read, and tells it what it needs to know for that: of each queue,
 * priority and select statement once, instead of working it out for each job. What it can't complete, such as a job
 * in a queue whose rules ask for more, is left to the job completer, from which it learns.
 */
export class KernelCompletion {
  readonly #lines: KernelLines;
  readonly #texts: KernelTexts;
  readonly #context: ReadingContext;
  readonly #builder: JobBatchBuilder;
  /** How many codes of each the kernel knows. */
  #queuesTold = 0;
  #prioritiesTold = 0;
  #selectsTold = 0;

  constructor(
    lines: KernelLines,
    texts: KernelTexts,
    context: ReadingContext,
    builder: JobBatchBuilder,
  ) {
    this.#lines = lines;
    this.#texts = texts;
    this.#context = context;
    this.#builder = builder;
    lines.setCommon({
      defaultQos: context.charging.qosOfPriority(null),
      noAccount: UNKNOWN_CODE,
      defaultCpuType: context.cpuType === null ? NO_CODE : UNKNOWN_CODE,
    });
    this.#tellSelect(MOST_CODES, texts.noSelect);
  }

  /** Completes rows from the current one on. @returns the first that is left; `end` where none is. */
  complete(end: number): number {
    this.#tellNewTexts();
    return this.#lines.complete(this.#builder.rows, end, this.#context.siteClock.period);
  }

  /**
   * Learns from the current row, which was left, what codes its texts get that stand in no line.
   * @param complete what completes it.
   */
  learnFrom(select: SelectStatement, complete: () => void): void {
    const builder = this.#builder;
    const hasAccount = builder.code(CODED.account) !== NO_CODE;
    const hasHardware =
      (select.cpuType ?? select.gpuType) !== null ||
      builder.code(CODED.cputype) !== NO_CODE ||
      builder.code(CODED.gputype) !== NO_CODE;
    complete();
    if (!hasAccount) this.#lines.setCommon({ noAccount: builder.code(CODED.account) });
    if (hasHardware) return;
    const gpuType = builder.code(CODED.gputype);
    const queue = builder.code(CODED.queue);
    if (gpuType === NO_CODE) this.#lines.setCommon({ defaultCpuType: builder.code(CODED.cputype) });
    else if (queue < MOST_CODES) this.#setGpuTypeOfQueue(queue, gpuType);
  }

  #tellNewTexts(): void {
    const { columns, selects } = this.#texts;
    const queues = columns[CODED.queue].texts;
    const priorities = columns[CODED.priority].texts;
    const ends = [queues, priorities, selects].map(({ length }) => Math.min(length, MOST_CODES));
    const [queueEnd, priorityEnd, selectEnd] = ends;
    for (; this.#queuesTold < queueEnd; this.#queuesTold++) {
      this.#tellQueue(this.#queuesTold, queues[this.#queuesTold]);
    }
    for (; this.#prioritiesTold < priorityEnd; this.#prioritiesTold++) {
      const qosCode = this.#context.charging.qosOfPriority(priorities[this.#prioritiesTold]);
      this.#lines.known.qosOfPriorities[this.#prioritiesTold] = qosCode;
    }
    for (; this.#selectsTold < selectEnd; this.#selectsTold++) {
      this.#tellSelect(this.#selectsTold, selects[this.#selectsTold]);
    }
  }

  /** @param code MOST_CODES for the statement of jobs that have none. */
  #tellSelect(code: number, { mpiprocs, ompthreads, cpuType, gpuType }: SelectStatement): void {
    const { selects } = this.#lines.known;
    const at = code * SELECT_BYTES;
    selects.setFloat64(at, mpiprocs ?? Number.NaN, true);
    selects.setFloat64(at + 8, ompthreads ?? Number.NaN, true);
    selects.setInt32(at + 16, this.#codeOf(CODED.cputype, cpuType), true);
    selects.setInt32(at + 20, this.#codeOf(CODED.gputype, gpuType), true);
  }

  #tellQueue(code: number, name: string): void {
    const { plain } = this.#context.charging.forQueue(name);
    const { queues } = this.#lines.known;
    const at = code * QUEUE_BYTES;
    queues.setInt32(at, plain === null ? CHARGED_IN_JAVASCRIPT : termBits(plain.terms), true);
    queues.setInt32(at + 4, plain?.qosCode ?? NO_CODE, true);
    queues.setFloat64(at + 16, plain?.terms.cpu.countPerNode ?? 0, true);
    queues.setFloat64(at + 24, plain?.terms.gpu.countPerNode ?? 0, true);
    const hasGpuType = this.#context.gpuTypeOfQueue(name) !== null;
    this.#setGpuTypeOfQueue(code, hasGpuType ? UNKNOWN_CODE : NO_CODE);
  }

  #setGpuTypeOfQueue(queue: number, gpuType: number): void {
    this.#lines.known.queues.setInt32(queue * QUEUE_BYTES + 8, gpuType, true);
  }

  #codeOf(column: number, text: string | null): number {
    return text === null ? NO_CODE : this.#builder.codeOfText(column, text);
  }
}

function termBits({ cpu, gpu, ...terms }: ChargeTerms): number {
  if (!terms.plain || terms.chargesCpuTime) return CHARGED_IN_JAVASCRIPT;
  const memory = terms.memoryAsUsed ? MEMORY_USED : MEMORY_REQUESTED;
  return (
    (countBits(cpu) << CPU_SHIFT) |
    (countBits(gpu) << GPU_SHIFT) |
    ((terms.chargesMemory ? memory : 0) << MEMORY_SHIFT)
  );
}

function countBits({ charges, byNode }: ChargeTerms['cpu']): number {
  if (!charges) return 0;
  return byNode ? BY_NODE : BY_COUNT;
}
