import type { ChargedJob } from '../charging/charged-job.ts';
import { CODED, NUMBER } from '../job/job-batch.ts';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';

/** The current row of a batch as what is charged: one object for all rows, which reads what it is asked for. */
export class ChargedRow implements ChargedJob {
  readonly #builder: JobBatchBuilder;

  constructor(builder: JobBatchBuilder) {
    this.#builder = builder;
  }

  get user(): string {
    return this.#builder.codedText(CODED.user) ?? '';
  }

  get account(): string {
    return this.#builder.codedText(CODED.account) ?? '';
  }

  get cpuType(): string | null {
    return this.#builder.codedText(CODED.cputype);
  }

  get gpuType(): string | null {
    return this.#builder.codedText(CODED.gputype);
  }

  get priority(): string | null {
    return this.#builder.codedText(CODED.priority);
  }

  get endDay(): number {
    return this.#builder.endDay;
  }

  get elapsedSeconds(): number {
    return this.#builder.number(NUMBER.elapsed);
  }

  get numcpus(): number {
    return this.#builder.number(NUMBER.numcpus);
  }

  get numgpus(): number {
    return this.#builder.number(NUMBER.numgpus);
  }

  get numnodes(): number {
    return this.#builder.number(NUMBER.numnodes);
  }

  get cputimeSeconds(): number {
    return this.#builder.number(NUMBER.cputime);
  }

  get memoryBytes(): number {
    return this.#builder.number(NUMBER.memory);
  }

  get reqmemBytes(): number {
    return this.#builder.number(NUMBER.reqmem);
  }
}
