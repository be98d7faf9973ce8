import { isUtf8 } from 'node:buffer';
import { NUMBER, TEXT } from '../../job/job-batch.ts';
import type { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import { readWhole } from '../fields/decimal.ts';
import { readDuration } from '../fields/duration.ts';
import { readEpochSeconds } from '../fields/epoch-seconds.ts';
import { JobIdReader } from '../fields/job-id.ts';
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
import { RecordCutter } from './record-cutter.ts';
import { HEAD_LENGTH, hasRecordHead, hasTimeAndType, TYPE_PLACE } from './record-head.ts';
import {
  CODED_KEYS,
  DURATION_KEYS,
  type KeptKey,
  MEMORY_KEYS,
  NAME_PLACE,
  REQUIRED_KEYS,
  SELECT_PLACE,
  TIME_KEYS,
  WHOLE_KEYS,
} from './record-keys.ts';

const SEMICOLON = 59;
const FIRST_PRINTABLE = 32;
const TYPE_END = 'E'.charCodeAt(0);
const END_MARK = Buffer.from(';E;');
/** From the `HH` of a record's time to the semicolon before its type. */
const TIME_LENGTH = 'HH:MM:SS'.length;

/** Reads the records of one chunk of a log into a batch; what can't be a job becomes a reject. */
export class PbsRecordReader {
  readonly rejects: Reject[] = [];
  skippedLines = 0;
  readonly otherRecords: Record<string, number> = {};
  readonly #chunk: Buffer<ArrayBuffer>;
  readonly #builder: JobBatchBuilder;
  readonly #completer: JobCompleter;
  readonly #cutter: RecordCutter;
  readonly #jobId = new JobIdReader();
  readonly #encodingIsSound: boolean;
  /** Where the next `;E;` stands, at or after the line before; beyond the chunk if nowhere. */
  #nextEndMark = -1;

  constructor(context: ReadingContext, chunk: Buffer<ArrayBuffer>, builder: JobBatchBuilder) {
    this.#chunk = chunk;
    this.#builder = builder;
    this.#completer = new JobCompleter(context, builder);
    this.#cutter = new RecordCutter(builder.bytes);
    this.#encodingIsSound = isUtf8(chunk);
  }

  /** @param line how many stand before it in the chunk. @param end of its text, without the line end. */
  line(line: number, start: number, end: number): void {
    if (start === end) {
      this.skippedLines++;
      return;
    }
    try {
      if (!hasRecordHead(this.#chunk, start, end)) throw this.#noRecord(start, end);
      if (this.#chunk[start + TYPE_PLACE] === TYPE_END) this.#readJob(line, start, end);
      else this.#skipRecord(start, end);
    } catch (problem) {
      if (!(problem instanceof Rejection)) throw problem;
      const { code, reason } = problem;
      const text = rawText(this.#chunk, start, end);
      this.rejects.push({ line, byteOffset: start, code, reason, rawText: text });
    }
  }

  /** Records of other types are most of a log; all that matters is that they hide no end of a job. */
  #skipRecord(start: number, end: number): void {
    for (let mark = this.#endMarkFrom(start); mark < end; mark = this.#endMarkFrom(mark + 1)) {
      if (hasTimeAndType(this.#chunk, mark - TIME_LENGTH, end)) {
        throw new Rejection('bad-record', 'the end of a job begins on the line of another record');
      }
    }
    const type = String.fromCharCode(this.#chunk[start + TYPE_PLACE]);
    this.otherRecords[type] = (this.otherRecords[type] ?? 0) + 1;
    this.skippedLines++;
  }

  #endMarkFrom(start: number): number {
    if (this.#nextEndMark < start) {
      const found = this.#chunk.indexOf(END_MARK, start);
      this.#nextEndMark = found === -1 ? this.#chunk.length : found;
    }
    return this.#nextEndMark;
  }

  #readJob(line: number, start: number, end: number): void {
    this.#checkLength(start, end);
    this.#checkEncoding(start, end);
    const idEnd = this.#idEnd(start + HEAD_LENGTH, end);
    this.#cutter.cut(idEnd + 1, end);
    this.#readJobId(start + HEAD_LENGTH, idEnd);
    this.#readNumbers();
    this.#readTexts(start + HEAD_LENGTH, idEnd);
    this.#builder.setNumber(NUMBER.line, line);
    this.#builder.endRow();
  }

  #idEnd(start: number, end: number): number {
    for (let at = start; at < end; at++) {
      const byte = this.#chunk[at];
      if (byte === SEMICOLON) return at;
      if (byte < FIRST_PRINTABLE) throw controlCharacter();
    }
    throw new Rejection('bad-record', 'nothing follows the job id; the line may have been cut off');
  }

  #readNumbers(): void {
    const { starts, ends } = this.#cutter;
    const { bytes, view } = this.#builder;
    for (let i = 0; i < TIME_KEYS.length; i++) {
      const { place, column } = TIME_KEYS[i];
      const value = readEpochSeconds(bytes, starts[place], ends[place]);
      if (value === MALFORMED) throw this.#badValue('bad-time', TIME_KEYS[i], EXPECTED.time);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < DURATION_KEYS.length; i++) {
      const { place, column } = DURATION_KEYS[i];
      const value = readDuration(view, starts[place], ends[place], 1);
      if (value === MALFORMED) {
        throw this.#badValue('bad-number', DURATION_KEYS[i], EXPECTED.duration);
      }
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < MEMORY_KEYS.length; i++) {
      const { place, column } = MEMORY_KEYS[i];
      const value = readMemorySize(view, starts[place], ends[place], 1);
      if (value === MALFORMED) throw this.#badValue('bad-number', MEMORY_KEYS[i], EXPECTED.memory);
      this.#builder.setNumber(column, value);
    }
    for (let i = 0; i < WHOLE_KEYS.length; i++) {
      const { place, column } = WHOLE_KEYS[i];
      const value = readWhole(view, starts[place], ends[place]);
      if (value === MALFORMED) throw this.#badValue('bad-number', WHOLE_KEYS[i], EXPECTED.whole);
      this.#builder.setNumber(column, value);
    }
    this.#builder.setNumber(NUMBER.avgcpu, this.#averageCpu());
    this.#requireValues();
    this.#completer.repairTimes();
    this.#completer.checkTimes();
  }

  /** Last, so that no name of a record that is rejected gets into the tables of names. */
  #readTexts(idStart: number, idEnd: number): void {
    const { starts, ends } = this.#cutter;
    for (let i = 0; i < CODED_KEYS.length; i++) {
      const { place, column } = CODED_KEYS[i];
      this.#builder.setCoded(column, starts[place], ends[place]);
    }
    this.#builder.setText(TEXT.job_id, idStart, idEnd);
    this.#builder.setText(TEXT.name, starts[NAME_PLACE], ends[NAME_PLACE]);
    this.#completer.complete(starts[SELECT_PLACE], ends[SELECT_PLACE]);
  }

  #readJobId(start: number, end: number): void {
    if (start === end) throw new Rejection('missing-value', 'the job id is empty');
    const id = this.#jobId;
    id.read(this.#chunk, start, end);
    if (id.shortId === MALFORMED) {
      const value = quotedValue(this.#chunk, start, end);
      throw new Rejection('bad-job-id', `the job id is ${value}, ${EXPECTED.jobId}`);
    }
    this.#builder.setNumber(NUMBER.short_id, id.shortId);
    this.#builder.setNumber(NUMBER.array_index, id.arrayIndex);
  }

  /** Percent of the CPUs that the job had, as qhist prints it: an array as a whole ran on none. */
  #averageCpu(): number {
    const cpus = this.#builder.number(NUMBER.numcpus);
    if (cpus === 0 || this.#jobId.isWholeArray) return Number.NaN;
    return this.#builder.number(NUMBER.cpupercent) / cpus;
  }

  #requireValues(): void {
    const { starts, ends } = this.#cutter;
    for (const { key, place } of REQUIRED_KEYS) {
      if (starts[place] === ends[place]) {
        const what = starts[place] === 0 ? 'missing' : 'empty';
        throw new Rejection('missing-value', `"${key}" is ${what}`);
      }
    }
  }

  #badValue(code: RejectCode, { key, place }: KeptKey, expected: string): Rejection {
    const { starts, ends } = this.#cutter;
    const value = quotedValue(this.#chunk, starts[place], ends[place]);
    return new Rejection(code, `"${key}" is ${value}, ${expected}`);
  }

  /** The reason why a line that does not begin as a record does is none. */
  #noRecord(start: number, end: number): Rejection {
    this.#checkLength(start, end);
    const bytes = this.#chunk.subarray(start, end);
    if (bytes.some((byte) => byte < FIRST_PRINTABLE)) throw controlCharacter();
    this.#checkEncoding(start, end);
    return new Rejection(
      'bad-record',
      'the line does not begin with MM/DD/YYYY HH:MM:SS;TYPE; as accounting records do',
    );
  }

  #checkLength(start: number, end: number): void {
    if (end - start > LINE_LIMIT_BYTES) {
      throw new Rejection('line-too-long', `the line is longer than ${LINE_LIMIT_BYTES} bytes`);
    }
  }

  #checkEncoding(start: number, end: number): void {
    if (!this.#encodingIsSound && !isUtf8(this.#chunk.subarray(start, end))) {
      throw new Rejection('bad-encoding', 'the line is not valid UTF-8');
    }
  }
}

function controlCharacter(): Rejection {
  return new Rejection('control-character', 'the line holds a control character');
}

const EXPECTED = {
  time: 'not seconds since 1970 such as 1769880000',
  duration: 'not a duration such as 03:15:00',
  memory: 'not a memory size such as 35760kb',
  whole: 'not a whole number of zero or more',
  jobId: 'not a job id such as 4519896.server or 6049117[28].server',
} as const;
