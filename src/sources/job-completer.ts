import type { QueueCharge } from '../charging/compile-charging.ts';
import { CODED, NUMBER, TEXT } from '../job/job-batch.ts';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';
import { NO_ACCOUNT } from '../job/no-account.ts';
import { TextInterner } from '../job/text-interner.ts';
import { ChargedRow } from './charged-row.ts';
import type { ReadingContext } from './reading-context.ts';
import { Rejection } from './reject.ts';
import type { SelectStatement } from './select-statement.ts';

/** 2105-12-31 23:59:59 UTC; up to then an end takes four bytes wherever millions of them are sorted. */
export const LATEST_END = 4_291_747_199;

/**
 * Turns the fields of a record, as any source has read them into the current row of a batch, into a job:
 * repairs, order of times, defaults, charge and day. What it works out once per distinct text of the
 * batch, it keeps.
 */
export class JobCompleter {
  readonly #context: ReadingContext;
  readonly #builder: JobBatchBuilder;
  readonly #chargedRow: ChargedRow;
  readonly #selectTexts: TextInterner;
  readonly #selects: SelectStatement[] = [];
  readonly #queues: QueueRules[] = [];

  constructor(context: ReadingContext, builder: JobBatchBuilder) {
    this.#context = context;
    this.#builder = builder;
    this.#chargedRow = new ChargedRow(builder);
    this.#selectTexts = new TextInterner(builder.bytes);
  }

  /**
   * PBS writes a start of 0 for a job whose start it lost, and an eligible time of 0 for one that was never
   * queued; both follow from the times beside them.
   */
  repairTimes(): void {
    const builder = this.#builder;
    if (builder.number(NUMBER.start) === 0) {
      builder.setNumber(NUMBER.start, builder.number(NUMBER.end) - builder.number(NUMBER.elapsed));
    }
    if (builder.number(NUMBER.eligible) === 0) {
      builder.setNumber(NUMBER.eligible, builder.number(NUMBER.submit));
    }
  }

  /**
   * @throws Rejection where the job would end before it starts, start before it was submitted, or end in a
   * year that a clock gone wrong has made up.
   */
  checkTimes(): void {
    const builder = this.#builder;
    const submit = builder.number(NUMBER.submit);
    const start = builder.number(NUMBER.start);
    const end = builder.number(NUMBER.end);
    // Comparisons with NaN, a time that the source does not know, are false.
    if (end < start) {
      throw new Rejection('end-before-start', `ends ${start - end} s before it starts`);
    }
    if (start < submit) {
      throw new Rejection('end-before-start', `starts ${submit - start} s before its submission`);
    }
    if (end < submit) {
      throw new Rejection('end-before-start', `ends ${submit - end} s before its submission`);
    }
    if (end < 0 || end > LATEST_END) {
      throw new Rejection('bad-time', 'ends before 1970 or after 2105');
    }
  }

  /**
   * Fills what follows from the fields: ranks and threads of the select statement, hardware types, account,
   * the site-local day of the end, and the charge, which depends on all of them.
   */
  complete(selectStart: number, selectEnd: number): void {
    this.#builder.setText(TEXT.resources, selectStart, selectEnd);
    this.completeWith(this.#select(selectStart, selectEnd));
  }

  /** The same for a row whose select statement is set and has been read. */
  completeWith(select: SelectStatement): void {
    const builder = this.#builder;
    this.#completeRanks(select);
    const queue = this.#queue();
    if (builder.code(CODED.account) === -1) builder.setCodedText(CODED.account, NO_ACCOUNT);
    this.#completeHardware(select, queue.gpuType);
    builder.endDay = this.#context.siteClock.localDay(builder.number(NUMBER.end));
    this.#charge(queue.charge);
  }

  /** A resource list counts the ranks of the whole job, the ledger the ranks of a node. */
  #completeRanks({ mpiprocs, ompthreads }: SelectStatement): void {
    const builder = this.#builder;
    if (mpiprocs !== null) {
      builder.setNumber(NUMBER.mpiprocs, mpiprocs);
    } else {
      const allRanks = builder.number(NUMBER.mpiprocs);
      const ranksPerNode = Math.ceil(allRanks / Math.max(1, builder.number(NUMBER.numnodes)));
      builder.setNumber(NUMBER.mpiprocs, ranksPerNode);
    }
    if (ompthreads !== null) builder.setNumber(NUMBER.ompthreads, ompthreads);
  }

  #completeHardware(select: SelectStatement, gpuTypeOfQueue: string | null): void {
    const builder = this.#builder;
    if (select.cpuType !== null) builder.setCodedText(CODED.cputype, select.cpuType);
    if (select.gpuType !== null) builder.setCodedText(CODED.gputype, select.gpuType);
    if (builder.code(CODED.cputype) !== -1 || builder.code(CODED.gputype) !== -1) return;
    if (gpuTypeOfQueue !== null) builder.setCodedText(CODED.gputype, gpuTypeOfQueue);
    else builder.setCodedText(CODED.cputype, this.#context.cpuType);
  }

  #charge(charge: QueueCharge): void {
    const builder = this.#builder;
    const job = charge.of(this.#chargedRow);
    builder.setNumber(NUMBER.cpu_hours, job.cpuHours);
    builder.setNumber(NUMBER.gpu_hours, job.gpuHours);
    builder.setNumber(NUMBER.memory_hours, job.memoryHours);
    builder.incomplete = job.incomplete;
    builder.qosCode = job.qosCode;
  }

  #select(start: number, end: number): SelectStatement {
    const code = this.#selectTexts.intern(start, end);
    if (code === this.#selects.length) {
      this.#selects.push(this.#context.selectStatements.of(this.#selectTexts.texts[code]));
    }
    return this.#selects[code];
  }

  #queue(): QueueRules {
    const code = this.#builder.code(CODED.queue);
    const known = this.#queues[code];
    if (known !== undefined) return known;
    const name = this.#builder.codedText(CODED.queue) ?? '';
    const rules = {
      charge: this.#context.charging.forQueue(name),
      gpuType: this.#context.gpuTypeOfQueue(name),
    };
    this.#queues[code] = rules;
    return rules;
  }
}

interface QueueRules {
  readonly charge: QueueCharge;
  /** The GPU type of jobs of this queue that name no hardware. */
  readonly gpuType: string | null;
}
