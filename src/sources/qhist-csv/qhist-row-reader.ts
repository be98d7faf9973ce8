import { isUtf8 } from 'node:buffer';
import { CODED, NUMBER, TEXT } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import { readExactDecimal, readWhole } from '../fields/decimal.ts';
import { readDuration } from '../fields/duration.ts';
import { JobIdReader } from '../fields/job-id.ts';
import { readLocalTime } from '../fields/local-time.ts';
import { MALFORMED } from '../fields/malformed.ts';
import { readMemorySize } from '../fields/memory-size.ts';
import { JobCompleter } from '../job-completer.ts';
import type { ReadingContext } from '../reading-context.ts';
import {
  LINE_LIMIT_BYTES,
  quotedValue,
  type Reject,
  type RejectCode,
  Rejection,
  rawText,
} from '../reject.ts';
import type { QhistLayout } from './layout.ts';
import { LocalTimeResolver } from './local-time-resolver.ts';
import type { FieldSpans, LinePosition, RowSink } from './row-sink.ts';

/** Reads the rows of one chunk of an export into a batch; what can't be a job becomes a reject. */
export class QhistRowReader implements RowSink {
  readonly rejects: Reject[] = [];
  skippedLines = 0;
  readonly #layout: QhistLayout;
  readonly #header: Buffer;
  readonly #chunk: Uint8Array<ArrayBuffer>;
  readonly #builder: JobBatchBuilder;
  readonly #completer: JobCompleter;
  readonly #times: LocalTimeResolver;
  readonly #jobId = new JobIdReader();
  readonly #encodingIsSound: boolean;
  readonly #textPlaces: TextPlaces;

  /**
   * @param chunk the lines as they stand in the file; the spans of fields point into the builder's bytes,
   * which are the same bytes or, where quotes were taken off, others.
   */
  constructor(
    layout: QhistLayout,
    context: ReadingContext,
    chunk: Uint8Array<ArrayBuffer>,
    builder: JobBatchBuilder,
  ) {
    this.#layout = layout;
    this.#header = Buffer.from(layout.header);
    this.#chunk = chunk;
    this.#builder = builder;
    this.#completer = new JobCompleter(context, builder);
    this.#times = new LocalTimeResolver(context.sourceClock, builder);
    this.#encodingIsSound = isUtf8(chunk);
    this.#textPlaces = textPlaces(layout);
  }

  get undecidedTimes(): number {
    return this.#times.undecided;
  }

  row(fields: FieldSpans, position: LinePosition, controls: boolean): void {
    try {
      this.#checkLine(position, controls);
      if (this.#endsNoJob(fields, position)) {
        this.skippedLines++;
        return;
      }
      this.#checkFieldCount(fields.count);
      this.#readNumbers(fields);
      this.#readTexts(fields);
      this.#builder.setNumber(NUMBER.line, position.line);
      this.#builder.endRow();
    } catch (problem) {
      if (!(problem instanceof Rejection)) throw problem;
      this.#reject(position, problem);
    }
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
    if (!this.#encodingIsSound && !isUtf8(this.#chunk.subarray(start, end))) {
      throw new Rejection('bad-encoding', 'the line is not valid UTF-8');
    }
  }

  #endsNoJob(fields: FieldSpans, { start, end }: LinePosition): boolean {
    if (start === end) return true;
    const type = this.#textPlaces.recordType;
    if (type !== -1 && type < fields.count) {
      const [from, to] = [fields.starts[type], fields.ends[type]];
      return to - from === 1 && this.#builder.bytes[from] !== RECORD_TYPE_END;
    }
    return (
      end - start === this.#header.length && this.#header.equals(this.#chunk.subarray(start, end))
    );
  }

  #checkFieldCount(count: number): void {
    const expected = this.#layout.columns.length;
    if (count !== expected) {
      throw new Rejection(
        'field-count',
        `expected ${expected} fields as in the header, found ${count}`,
      );
    }
  }

  #readNumbers({ starts, ends }: FieldSpans): void {
    const bytes = this.#builder.bytes;
    const columns = this.#layout.columns;
    for (let i = 0; i < columns.length; i++) {
      const { field, scale } = columns[i];
      const start = starts[i];
      const end = ends[i];
      let value: number;
      switch (field.kind) {
        case 'time':
          value = readLocalTime(bytes, start, end);
          if (value === MALFORMED) throw this.#badField('bad-time', i, start, end);
          break;
        case 'duration':
          value = readDuration(bytes, start, end, scale);
          if (value === MALFORMED) throw this.#badField('bad-number', i, start, end);
          break;
        case 'memory':
          value = readMemorySize(bytes, start, end, scale);
          if (value === MALFORMED) throw this.#badField('bad-number', i, start, end);
          break;
        case 'whole':
          value = readWhole(bytes, start, end);
          if (value === MALFORMED) throw this.#badField('bad-number', i, start, end);
          break;
        case 'decimal':
          value = readExactDecimal(bytes, start, end);
          if (value === MALFORMED) throw this.#badField('bad-number', i, start, end);
          break;
        case 'job-id':
          this.#readJobId(i, start, end);
          continue;
        default:
          continue;
      }
      this.#builder.setNumber(NUMBER[field.column], value);
    }
    this.#requireNumber(NUMBER.submit, 'Job Submit');
    this.#requireNumber(NUMBER.end, 'Job End');
    this.#times.resolveRow();
    this.#completer.repairTimes();
    this.#completer.checkOrder();
  }

  /** Last, so that no name of a row that is rejected gets into the tables of names. */
  #readTexts({ starts, ends }: FieldSpans): void {
    const { required, coded, texts, resources } = this.#textPlaces;
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

  #readJobId(place: number, start: number, end: number): void {
    if (start === end) throw new Rejection('missing-value', 'the field "Job ID" is empty');
    const id = this.#jobId;
    id.read(this.#builder.bytes, start, end);
    if (id.shortId === MALFORMED) throw this.#badField('bad-job-id', place, start, end);
    this.#builder.setNumber(NUMBER.short_id, id.shortId);
    this.#builder.setNumber(NUMBER.array_index, id.arrayIndex);
  }

  #requireNumber(column: number, label: string): void {
    if (Number.isNaN(this.#builder.number(column))) {
      throw new Rejection('missing-value', `the field "${label}" is empty`);
    }
  }

  #badField(code: RejectCode, place: number, start: number, end: number): Rejection {
    const { label, field } = this.#layout.columns[place];
    const value = quotedValue(this.#builder.bytes, start, end);
    return new Rejection(code, `"${label}" is ${value}, ${EXPECTED[field.kind]}`);
  }

  #reject({ line, start, end }: LinePosition, { code, reason }: Rejection): void {
    const text = rawText(this.#chunk, start, end);
    this.rejects.push({ line, byteOffset: start, code, reason, rawText: text });
  }
}

const RECORD_TYPE_END = 'E'.charCodeAt(0);

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

/** Where the text fields stand in a row, worked out once a chunk. */
interface TextPlaces {
  readonly required: readonly { readonly place: number; readonly label: string }[];
  readonly coded: readonly { readonly place: number; readonly column: number }[];
  readonly texts: readonly { readonly place: number; readonly column: number }[];
  /** -1 where the export has no such column. */
  readonly resources: number;
  readonly recordType: number;
}

function textPlaces({ columns }: QhistLayout): TextPlaces {
  const required = [];
  const coded = [];
  const texts = [];
  let resources = -1;
  let recordType = -1;
  for (const [place, { field, label }] of columns.entries()) {
    if (field.kind === 'job-id') texts.push({ place, column: TEXT.job_id });
    if (field.kind === 'record-type') recordType = place;
    if (field.kind === 'coded') {
      coded.push({ place, column: CODED[field.column] });
      if (field.column === 'user' || field.column === 'queue') required.push({ place, label });
    }
    if (field.kind === 'text' && field.column === 'resources') resources = place;
    else if (field.kind === 'text') texts.push({ place, column: TEXT[field.column] });
  }
  return { required, coded, texts, resources, recordType };
}
