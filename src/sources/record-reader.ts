import { NUMBER } from '../job/job-batch.ts';
import type { JobBatchBuilder } from '../job/job-batch-builder.ts';
import { readExactDecimal, readWhole } from './fields/decimal.ts';
import { readDuration } from './fields/duration.ts';
import { JobIdReader } from './fields/job-id.ts';
import { MALFORMED } from './fields/malformed.ts';
import { readMemorySize } from './fields/memory-size.ts';
import { JobCompleter } from './job-completer.ts';
import { LocalTimeResolver } from './local-time-resolver.ts';
import type { ExportColumn } from './qhist-csv/layout.ts';
import { type PlannedField, type RowPlan, rowPlan } from './qhist-csv/row-plan.ts';
import type { ReadingContext } from './reading-context.ts';
import { quotedValue, type RejectCode, Rejection } from './reject.ts';

const RECORD_TYPE = /^[A-Za-z]$/;
const RECORD_TYPE_END = 'E';

/** Where the value of each column of a record stands in the bytes of the batch; empty where it has none. */
export interface ValueSpans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The columns of a record that names its fields itself, in any order, and how to read them. */
export interface RecordColumns {
  readonly columns: readonly ExportColumn[];
  readonly plan: RowPlan;
}

/** @param columns those of one format are the same for all its records but for their scales. */
export function recordColumns(columns: readonly ExportColumn[]): RecordColumns {
  return { columns, plan: rowPlan({ columns }) };
}

/** Reads records whose fields were found by their names into a batch. */
export class RecordReader {
  readonly otherRecords: Record<string, number> = {};
  undecidedTimes = 0;
  readonly #builder: JobBatchBuilder;
  readonly #completer: JobCompleter;
  readonly #times: LocalTimeResolver;
  readonly #jobId = new JobIdReader();

  constructor(context: ReadingContext, builder: JobBatchBuilder, { plan }: RecordColumns) {
    this.#builder = builder;
    this.#completer = new JobCompleter(context, builder);
    this.#times = new LocalTimeResolver(context.sourceClock, builder, plan.times);
  }

  /** Counts a record of another type than the end of a job. */
  isOther({ plan }: RecordColumns, { starts, ends }: ValueSpans): boolean {
    if (plan.recordType === -1) return false;
    const type = this.#text(starts[plan.recordType], ends[plan.recordType]);
    if (type === RECORD_TYPE_END || !RECORD_TYPE.test(type)) return false;
    this.otherRecords[type] = (this.otherRecords[type] ?? 0) + 1;
    return true;
  }

  /**
   * @param line how many line feeds of the chunk stand before the record.
   * @throws Rejection where the record is no job; nothing of it is kept.
   */
  readJob(record: RecordColumns, values: ValueSpans, line: number): void {
    this.#readJobId(record.plan, values);
    this.#requireValues(record, values);
    this.#readNumbers(record, values);
    const decided = this.#times.resolveRow();
    this.#completer.repairTimes();
    this.#completer.checkTimes();
    // Last, so that no name of a record that is rejected gets into the tables of names.
    this.#readTexts(record.plan, values);
    this.#builder.setNumber(NUMBER.line, line);
    this.#builder.endRow();
    if (!decided) this.undecidedTimes++;
  }

  #readJobId({ jobId }: RowPlan, { starts, ends }: ValueSpans): void {
    const id = this.#jobId;
    id.read(this.#builder.bytes, starts[jobId], ends[jobId]);
    if (id.shortId === MALFORMED) {
      const value = quotedValue(this.#builder.bytes, starts[jobId], ends[jobId]);
      throw new Rejection('bad-job-id', `the job id is ${value}, ${EXPECTED['job-id']}`);
    }
    this.#builder.setNumber(NUMBER.short_id, id.shortId);
    this.#builder.setNumber(NUMBER.array_index, id.arrayIndex);
  }

  #requireValues({ plan }: RecordColumns, { starts, ends }: ValueSpans): void {
    const times = plan.times.filter(({ column }) => REQUIRED_TIMES.includes(column));
    for (const { place, label } of [...times, ...plan.required]) {
      if (starts[place] === ends[place]) {
        throw new Rejection('missing-value', `"${label}" is missing or empty`);
      }
    }
  }

  #readNumbers(record: RecordColumns, values: ValueSpans): void {
    const view = this.#builder.view;
    const { times, durations, memories, wholes, decimals } = record.plan;
    this.#times.begin();
    this.#readEach('bad-time', times, record, values, (start, end, { column }) =>
      this.#times.read(column, start, end),
    );
    this.#readEach('bad-number', durations, record, values, (start, end, { scale }) =>
      readDuration(view, start, end, scale),
    );
    this.#readEach('bad-number', memories, record, values, (start, end, { scale }) =>
      readMemorySize(view, start, end, scale),
    );
    this.#readEach('bad-number', wholes, record, values, (start, end) =>
      readWhole(view, start, end),
    );
    this.#readEach('bad-number', decimals, record, values, (start, end) =>
      readExactDecimal(view, start, end),
    );
  }

  #readEach<Field extends PlannedField>(
    code: RejectCode,
    fields: readonly Field[],
    { columns }: RecordColumns,
    { starts, ends }: ValueSpans,
    read: (start: number, end: number, field: Field) => number,
  ): void {
    for (const planned of fields) {
      const [start, end] = [starts[planned.place], ends[planned.place]];
      const value = read(start, end, planned);
      if (value === MALFORMED) {
        const { label, field } = columns[planned.place];
        const quoted = quotedValue(this.#builder.bytes, start, end);
        throw new Rejection(code, `"${label}" is ${quoted}, ${EXPECTED[field.kind]}`);
      }
      this.#builder.setNumber(planned.column, value);
    }
  }

  #readTexts({ coded, texts, resources }: RowPlan, { starts, ends }: ValueSpans): void {
    for (const { place, column } of coded) {
      this.#builder.setCoded(column, starts[place], ends[place]);
    }
    for (const { place, column } of texts) {
      this.#builder.setText(column, starts[place], ends[place]);
    }
    this.#completer.complete(starts[resources], ends[resources]);
  }

  #text(start: number, end: number): string {
    const { buffer, byteOffset } = this.#builder.bytes;
    return Buffer.from(buffer, byteOffset + start, end - start).toString('utf8');
  }
}

const REQUIRED_TIMES: readonly number[] = [NUMBER.submit, NUMBER.end];

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
