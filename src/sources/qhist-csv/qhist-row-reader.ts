import { isUtf8 } from 'node:buffer';
import { NUMBER } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import { readExactDecimal, readWhole } from '../fields/decimal.ts';
import { readDuration } from '../fields/duration.ts';
import { JobIdReader } from '../fields/job-id.ts';
import { MALFORMED } from '../fields/malformed.ts';
import { readMemorySize } from '../fields/memory-size.ts';
import { JobCompleter } from '../job-completer.ts';
import { LocalTimeResolver } from '../local-time-resolver.ts';
import type { ReadingContext } from '../reading-context.ts';
import {
  LINE_LIMIT_BYTES,
  quotedValue,
  type Reject,
  type RejectCode,
  Rejection,
  rawText,
} from '../reject.ts';
import type { SelectStatement } from '../select-statement.ts';
import type { QhistLayout } from './layout.ts';
import { type RowPlan, rowPlan } from './row-plan.ts';
import type { FieldSpans, LinePosition, RowSink } from './row-sink.ts';
import { SurplusFields } from './surplus-fields.ts';
import { TextForms } from './text-forms.ts';

/** Reads the rows of one chunk of an export into a batch; what can't be a job becomes a reject. */
export class QhistRowReader implements RowSink {
  /** What became of the lines, besides the jobs. */
  readonly told = {
    rejects: [] as Reject[],
    skippedLines: 0,
    otherRecords: {} as Record<string, number>,
    undecidedTimes: 0,
    repairedLines: 0,
  };
  readonly #layout: QhistLayout;
  readonly #header: Buffer;
  readonly #chunk: Uint8Array<ArrayBuffer>;
  readonly #builder: JobBatchBuilder;
  readonly #completer: JobCompleter;
  readonly #times: LocalTimeResolver;
  readonly #jobId = new JobIdReader();
  readonly #soundEncoding: boolean;
  readonly #plan: RowPlan;
  readonly #surplus: SurplusFields;
  readonly #textForms: TextForms;

  /**
   * @param chunk the lines as they stand in the file; the spans of fields point into the builder's bytes,
   * which are the same bytes or, where quotes were taken off, others.
   * @param soundEncoding whether the chunk is valid UTF-8.
   */
  constructor(
    layout: QhistLayout,
    context: ReadingContext,
    chunk: Uint8Array<ArrayBuffer>,
    builder: JobBatchBuilder,
    soundEncoding: boolean,
  ) {
    this.#layout = layout;
    this.#header = Buffer.from(layout.header);
    this.#chunk = chunk;
    this.#builder = builder;
    this.#completer = new JobCompleter(context, builder);
    this.#soundEncoding = soundEncoding;
    this.#plan = rowPlan(layout);
    this.#times = new LocalTimeResolver(context.sourceClock, builder, this.#plan.times);
    this.#surplus = new SurplusFields(layout);
    this.#textForms = new TextForms(layout);
  }

  row(cut: FieldSpans, position: LinePosition, controls: boolean): void {
    try {
      this.#checkLine(position, controls);
      const textStart = position.start + this.#markLength(position);
      if (this.#isBlankOrHeader(textStart, position.end)) {
        this.told.skippedLines++;
        return;
      }
      cut.starts[0] += textStart - position.start;
      const fields = this.#fieldsOf(cut, position);
      if (this.#endsNoJob(fields)) {
        this.told.skippedLines++;
        return;
      }
      const decided = this.#readNumbers(fields);
      this.#readTexts(fields);
      this.#builder.setNumber(NUMBER.line, position.line);
      this.#builder.endRow();
      if (!decided) this.told.undecidedTimes++;
      if (fields !== cut) this.told.repairedLines++;
    } catch (problem) {
      if (!(problem instanceof Rejection)) throw problem;
      this.#reject(position, problem);
    }
  }

  /** Completes the current row, of which the kernel has read all that stands in its line. */
  completeRead(select: SelectStatement): void {
    this.#completer.completeWith(select);
  }

  unreadable(position: LinePosition): void {
    this.#reject(
      position,
      new Rejection(
        'bad-quoting',
        'a quoted field is not closed, or text follows its closing quote',
      ),
    );
  }

  #checkLine({ start, end }: LinePosition, controls: boolean): void {
    const length = end - start;
    if (length > LINE_LIMIT_BYTES) {
      throw new Rejection('line-too-long', `the line is longer than ${LINE_LIMIT_BYTES} bytes`);
    }
    if (controls) {
      throw new Rejection('control-character', 'the line holds a control character');
    }
    if (!this.#soundEncoding && !isUtf8(this.#chunk.subarray(start, end))) {
      throw new Rejection('bad-encoding', 'the line is not valid UTF-8');
    }
  }

  /** Files that were put together have a byte order mark wherever one of them began. */
  #markLength({ start, end }: LinePosition): number {
    const bytes = this.#chunk;
    const marked =
      bytes[start] === 0xef &&
      end - start >= 3 &&
      bytes[start + 1] === 0xbb &&
      bytes[start + 2] === 0xbf;
    return marked ? 3 : 0;
  }

  #isBlankOrHeader(start: number, end: number): boolean {
    if (start === end) return true;
    return (
      end - start === this.#header.length && this.#header.equals(this.#chunk.subarray(start, end))
    );
  }

  /**
   * @returns the fields as they were cut, or joined again where there are more than columns.
   * @throws Rejection where their number is not that of the columns, and can't be made so.
   */
  #fieldsOf(cut: FieldSpans, { start, end }: LinePosition): FieldSpans {
    const expected = this.#layout.columns.length;
    if (cut.count === expected) return cut;
    // Where quotes are in use, a delimiter in a text would stand within them.
    if (cut.count > expected && !this.#chunk.subarray(start, end).includes(QUOTE)) {
      return this.#surplus.join(cut, (joined) => this.#isJob(joined));
    }
    throw new Rejection(
      'field-count',
      `expected ${expected} fields as in the header, found ${cut.count}`,
    );
  }

  /** Whether each field is such as its column holds, and the times are in order. */
  #isJob(fields: FieldSpans): boolean {
    if (!this.#textForms.allMatch(this.#builder.bytes, fields)) return false;
    try {
      this.#readNumbers(fields);
      return true;
    } catch (problem) {
      if (problem instanceof Rejection) return false;
      throw problem;
    }
  }

  #endsNoJob({ starts, ends }: FieldSpans): boolean {
    const type = this.#plan.recordType;
    if (type === -1 || ends[type] - starts[type] !== 1) return false;
    const byte = this.#builder.bytes[starts[type]];
    const letter = String.fromCharCode(byte);
    if (byte === RECORD_TYPE_END || !/[A-Za-z]/.test(letter)) return false;
    this.told.otherRecords[letter] = (this.told.otherRecords[letter] ?? 0) + 1;
    return true;
  }

  /** @returns whether the times of the job are beyond doubt. */
  #readNumbers({ starts, ends }: FieldSpans): boolean {
    const view = this.#builder.view;
    const { jobId, times, durations, memories, wholes, decimals } = this.#plan;
    this.#readJobId(starts[jobId], ends[jobId]);
    this.#times.begin();
    for (let i = 0; i < times.length; i++) {
      const { place, column } = times[i];
      const value = this.#times.read(column, starts[place], ends[place]);
      if (value === MALFORMED) throw this.#badField('bad-time', place, starts, ends);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < durations.length; i++) {
      const { place, column, scale } = durations[i];
      const value = readDuration(view, starts[place], ends[place], scale);
      if (value === MALFORMED) throw this.#badField('bad-number', place, starts, ends);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < memories.length; i++) {
      const { place, column, scale } = memories[i];
      const value = readMemorySize(view, starts[place], ends[place], scale);
      if (value === MALFORMED) throw this.#badField('bad-number', place, starts, ends);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < wholes.length; i++) {
      const { place, column } = wholes[i];
      const value = readWhole(view, starts[place], ends[place]);
      if (value === MALFORMED) throw this.#badField('bad-number', place, starts, ends);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < decimals.length; i++) {
      const { place, column } = decimals[i];
      const value = readExactDecimal(view, starts[place], ends[place]);
      if (value === MALFORMED) throw this.#badField('bad-number', place, starts, ends);
      this.#builder.setNumber(column, value);
    }
    this.#requireNumber(NUMBER.submit, 'Job Submit');
    this.#requireNumber(NUMBER.end, 'Job End');
    const decided = this.#times.resolveRow();
    this.#completer.repairTimes();
    this.#completer.checkTimes();
    return decided;
  }

  /** Last, so that no name of a row that is rejected gets into the tables of names. */
  #readTexts({ starts, ends }: FieldSpans): void {
    const { required, coded, texts, resources } = this.#plan;
    for (const { place, label } of required) {
      if (starts[place] === ends[place]) {
        throw new Rejection('missing-value', `the field "${label}" is empty`);
      }
    }
    for (const { place, column } of coded) {
      this.#builder.setCoded(column, starts[place], ends[place]);
    }
    for (const { place, column } of texts) {
      this.#builder.setText(column, starts[place], ends[place]);
    }
    if (resources === -1) this.#completer.complete(0, 0);
    else this.#completer.complete(starts[resources], ends[resources]);
  }

  #readJobId(start: number, end: number): void {
    if (start === end) throw new Rejection('missing-value', 'the field "Job ID" is empty');
    const id = this.#jobId;
    id.read(this.#builder.bytes, start, end);
    if (id.shortId === MALFORMED) {
      const value = quotedValue(this.#builder.bytes, start, end);
      throw new Rejection('bad-job-id', `"Job ID" is ${value}, ${EXPECTED['job-id']}`);
    }
    this.#builder.setNumber(NUMBER.short_id, id.shortId);
    this.#builder.setNumber(NUMBER.array_index, id.arrayIndex);
  }

  #requireNumber(column: number, label: string): void {
    if (Number.isNaN(this.#builder.number(column))) {
      throw new Rejection('missing-value', `the field "${label}" is empty`);
    }
  }

  #badField(code: RejectCode, place: number, starts: Int32Array, ends: Int32Array): Rejection {
    const { label, field } = this.#layout.columns[place];
    const value = quotedValue(this.#builder.bytes, starts[place], ends[place]);
    return new Rejection(code, `"${label}" is ${value}, ${EXPECTED[field.kind]}`);
  }

  #reject({ line, start, end }: LinePosition, { code, reason }: Rejection): void {
    const text = rawText(this.#chunk, start, end);
    this.told.rejects.push({ line, byteOffset: start, code, reason, rawText: text });
  }
}

const RECORD_TYPE_END = 'E'.charCodeAt(0);
const QUOTE = '"'.charCodeAt(0);

const EXPECTED = {
  time: 'not a time such as 2026-01-31 23:59:59',
  duration: 'not a duration such as 3.25 or 03:15:00',
  memory: 'not a memory size such as 27.75 or 35760kb',
  whole: 'not a whole number of zero or more',
  decimal: 'not a number',
  'job-id': 'not a job id such as 4519896.server or 6049117[28].server',
  text: 'not a text',
  coded: 'not a text',
  'record-type': 'not a record type',
  ignored: 'not expected',
} as const;
