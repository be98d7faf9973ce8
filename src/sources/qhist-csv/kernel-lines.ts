import { type BatchColumns, VALUES_PER_ROW } from '../../job/batch-columns.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { OffsetPeriod } from '../../site/zone-clock.ts';
import type { KernelChunk } from './kernel-chunk.ts';
import { CODE_COLUMNS, type KernelPlan, STEP_BYTES, writeSteps } from './kernel-plan.ts';
import { type LineExports, setParameters } from './line-exports.ts';
import type { FieldSpans, LinePosition } from './row-sink.ts';

/** The slots for the texts of one column; half as many texts of all columns get codes in one chunk. */
export const TABLE_SLOTS = 4096;
const SLOT_BYTES = 16;
const NEW_TEXT_WORDS = 3;
/** Rows with a higher code are completed elsewhere. */
export const MOST_CODES = TABLE_SLOTS / 2;
export const SELECT_BYTES = 24;
export const QUEUE_BYTES = 32;
/** Five fields that no row lacks, and their ends. A byte each is enough, also for a time: 0 is one that PBS lost. */
const SHORTEST_ROW_BYTES = 10;

/** What is the same for all rows: codes, UNKNOWN_CODE of a text that has none yet, -1 of NULL. */
export interface CommonOfRows {
  readonly defaultQos: number;
  readonly noAccount: number;
  readonly defaultCpuType: number;
}

/** What the lines of an export are read by. */
export interface LineReading {
  /** Fields of a row, and how many are told of a line in doubt. */
  readonly columns: number;
  readonly mostFields: number;
  /** Whether the chunk is valid UTF-8; if not, all its lines are in doubt. */
  readonly soundEncoding: boolean;
  readonly plan: KernelPlan;
}

/** A text that has got the next code of its column. */
export interface NewText {
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** The lines of a chunk in the memory of the kernel. */
export class KernelLines {
  /** The chunk. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The batch that they are read into, all NULL at first. Others may write rows between those of the kernel. */
  readonly columns: BatchColumns;
  /** For each row that the kernel has read the code of its select statement, -1 where it is empty. */
  readonly selectCodes: Int32Array;
  /** What the kernel completes rows by, to be told of each code below `MOST_CODES`. */
  readonly known: {
    readonly selects: DataView;
    readonly queues: DataView;
    readonly qosOfPriorities: Int32Array;
  };
  /** Of the line in doubt at which it stopped. */
  readonly fields: FieldSpans;
  readonly position: LinePosition = { line: 0, start: 0, end: 0 };
  controls = false;
  ended = false;
  /** For each coded column, and then for the select statements, the code that the next new text gets. */
  readonly nextCodes: Int32Array;
  readonly #exports: LineExports;
  readonly #chunkStart: number;
  readonly #buffer: ArrayBuffer;
  readonly #newTexts: Int32Array;
  #textsTold = 0;

  constructor(
    kernel: Kernel<LineExports>,
    { sizes, lines, length }: KernelChunk,
    { columns, mostFields, soundEncoding, plan }: LineReading,
  ) {
    const { exports } = kernel;
    const capacity = Math.min(lines, Math.ceil(length / SHORTEST_ROW_BYTES));
    const at = kernel.layOut({
      ...sizes,
      numbers: 8 * VALUES_PER_ROW.numbers * capacity,
      textStarts: 4 * VALUES_PER_ROW.textStarts * capacity,
      textLengths: 4 * VALUES_PER_ROW.textLengths * capacity,
      codes: 4 * VALUES_PER_ROW.codes * capacity,
      identities: 4 * VALUES_PER_ROW.identities * capacity,
      qosCodes: capacity,
      incomplete: capacity,
      endDays: 4 * capacity,
      selectCodes: 4 * capacity,
      plan: STEP_BYTES * (plan.numbers.length + plan.texts.length),
      nextCodes: 4 * CODE_COLUMNS,
      newTexts: 4 * NEW_TEXT_WORDS * (TABLE_SLOTS / 2),
      tables: SLOT_BYTES * TABLE_SLOTS * CODE_COLUMNS,
      selects: SELECT_BYTES * (MOST_CODES + 1),
      queues: QUEUE_BYTES * MOST_CODES,
      qosOfPriorities: 4 * MOST_CODES,
    });
    const { buffer } = kernel;
    const words = (start: number, length: number): Int32Array<ArrayBuffer> =>
      new Int32Array(buffer, start, length);
    const numbersEnd = at.plan + STEP_BYTES * plan.numbers.length;
    const planEnd = numbersEnd + STEP_BYTES * plan.texts.length;
    const view = new DataView(buffer);
    writeSteps(view, at.plan, plan.numbers);
    writeSteps(view, numbersEnd, plan.texts);
    words(at.tables, (SLOT_BYTES / 4) * TABLE_SLOTS * CODE_COLUMNS).fill(0);
    setParameters(exports, {
      ...{ capacity, columns, plan: at.plan, numbersEnd, planEnd },
      ...{ numbers: at.numbers, textStarts: at.textStarts, textLengths: at.textLengths },
      ...{ codes: at.codes, identities: at.identities, selectCodes: at.selectCodes },
      ...{ qosCodes: at.qosCodes, incomplete: at.incomplete, endDays: at.endDays },
      ...{ selects: at.selects, queues: at.queues, qosOfPriorities: at.qosOfPriorities },
      ...{ tables: at.tables, nextCodes: at.nextCodes, newTexts: at.newTexts, newTextCount: 0 },
      soundEncoding: soundEncoding ? 1 : 0,
    });
    exports.beginLines();
    this.bytes = new Uint8Array(buffer, at.chunk, length);
    this.columns = {
      capacity,
      numbers: new Float64Array(buffer, at.numbers, VALUES_PER_ROW.numbers * capacity),
      textStarts: words(at.textStarts, VALUES_PER_ROW.textStarts * capacity),
      textLengths: words(at.textLengths, VALUES_PER_ROW.textLengths * capacity),
      codes: words(at.codes, VALUES_PER_ROW.codes * capacity),
      identities: new Uint32Array(buffer, at.identities, VALUES_PER_ROW.identities * capacity),
      qosCodes: new Uint8Array(buffer, at.qosCodes, capacity),
      incomplete: new Uint8Array(buffer, at.incomplete, capacity),
      endDays: words(at.endDays, capacity),
    };
    fillWithNull(this.columns);
    this.selectCodes = words(at.selectCodes, capacity).fill(-1);
    this.fields = {
      count: 0,
      starts: new Int32Array(mostFields),
      ends: new Int32Array(mostFields),
    };
    this.known = {
      selects: new DataView(buffer, at.selects, SELECT_BYTES * (MOST_CODES + 1)),
      queues: new DataView(buffer, at.queues, QUEUE_BYTES * MOST_CODES),
      qosOfPriorities: words(at.qosOfPriorities, MOST_CODES),
    };
    this.#exports = exports;
    this.#chunkStart = at.chunk;
    this.#buffer = buffer;
    this.nextCodes = words(at.nextCodes, CODE_COLUMNS);
    this.#newTexts = words(at.newTexts, NEW_TEXT_WORDS * (TABLE_SLOTS / 2));
  }

  /**
   * Reads lines as rows that follow those which the batch has.
   * @param rows how many these are.
   * @param plain times that mean one instant; a line with others is in doubt.
   * @returns how many rows there are now; the rest of the lines is in doubt at its first, unless `ended`.
   */
  read(rows: number, plain: OffsetPeriod): number {
    const exports = this.#exports;
    exports.rows.value = rows;
    exports.plainFrom.value = plain.from;
    exports.plainTo.value = plain.to;
    exports.plainOffset.value = plain.offset;
    this.ended = exports.readLines() !== 0;
    if (!this.ended) this.#tellLine();
    return exports.rows.value;
  }

  /** Tells where the line in doubt is, and its fields, which are between its marks. */
  #tellLine(): void {
    const { line, lineStart, lineEnd, fieldCount, controlled, markBefore } = this.#exports;
    const { position, fields } = this;
    position.line = line.value;
    position.start = lineStart.value - this.#chunkStart;
    position.end = lineEnd.value - this.#chunkStart;
    this.controls = controlled.value !== 0;
    fields.count = fieldCount.value;
    const told = Math.min(fields.count, fields.starts.length);
    const marks = new Uint32Array(this.#buffer, markBefore.value, told + 1);
    for (let field = 0; field < told; field++) {
      fields.starts[field] = marks[field] + 1 - this.#chunkStart;
      fields.ends[field] = marks[field + 1] - this.#chunkStart;
    }
    // A carriage return before the line feed is no part of it.
    if (told === fields.count) fields.ends[told - 1] = position.end;
  }

  /** Sets what the kernel completes all rows by. */
  setCommon(common: Readonly<Partial<CommonOfRows>>): void {
    setParameters(this.#exports, common);
  }

  /** @returns the first row from `first` on that the kernel can't complete; `end` where there is none. */
  complete(first: number, end: number, days: OffsetPeriod): number {
    setParameters(this.#exports, { dayFrom: days.from, dayTo: days.to, dayOffset: days.offset });
    return this.#exports.completeRows(first, end);
  }

  /** Goes on behind the line in doubt. */
  passLine(): void {
    this.#exports.passLine();
  }

  /** @returns the code of the text at [start, end) of the chunk, which is not empty; negative where tables are full. */
  codeOf(column: number, start: number, end: number): number {
    return this.#exports.codeOf(column, this.#chunkStart + start, this.#chunkStart + end);
  }

  /** The texts that have got codes since they were asked for. */
  *newTexts(): Generator<NewText> {
    const count = this.#exports.newTextCount.value;
    for (; this.#textsTold < count; this.#textsTold++) {
      const at = this.#textsTold * NEW_TEXT_WORDS;
      const start = this.#newTexts[at + 1] - this.#chunkStart;
      yield { column: this.#newTexts[at], start, end: start + this.#newTexts[at + 2] };
    }
  }
}

function fillWithNull({ numbers, textLengths, codes }: BatchColumns): void {
  numbers.fill(Number.NaN);
  textLengths.fill(-1);
  codes.fill(-1);
}
