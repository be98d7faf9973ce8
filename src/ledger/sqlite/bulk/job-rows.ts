import type { JobBatch } from '../../../job/job-batch.ts';
import { JOB_COLUMNS, type JobColumn } from '../job-columns.ts';
import { CodedTexts } from './coded-texts.ts';
import type { BatchEncoding } from './encode-batch.ts';
import { JobNumbers } from './job-numbers.ts';
import { MOST_NUMBER_BYTES, textType, writeIntegers, writeReal } from './record-values.ts';
import type { TableLeafPages } from './table-leaf-pages.ts';
import { TextBytes } from './text-bytes.ts';
import { varintLength, writeVarint } from './varint.ts';

const INTEGERS = 0;
const REAL = 1;
const TEXT = 2;
const CODED_TEXT = 3;

/** JOB_COLUMNS as steps, which are walked over for each job: columns of integers that follow each other are one. */
const STEPS = stepsOf(JOB_COLUMNS);
const STEP_KINDS = Uint8Array.from(STEPS, (step) => step.kind);
const STEP_FIRSTS = Uint8Array.from(STEPS, (step) => step.first);
const STEP_ENDS = Uint8Array.from(STEPS, (step) => step.end);
/** The place of a text's column among those of its kind. */
const PLACES = Uint8Array.from(JOB_COLUMNS, (column) => ('at' in column ? column.at : 0));
const TEXTS = PLACES.filter((_, column) => kindOf(JOB_COLUMNS[column]) === TEXT);
const CODED_TEXTS = PLACES.filter((_, column) => kindOf(JOB_COLUMNS[column]) === CODED_TEXT);
/** Of a header whose types take a byte each; its own size does so too, up to 127 bytes. */
const LEAST_HEADER_BYTES = 1 + JOB_COLUMNS.length;
/** A longer one has a type of more than a byte. */
const LONGEST_SHORT_TEXT = 57;
const NUMBER_BYTES = JOB_COLUMNS.length * MOST_NUMBER_BYTES;

/** Writes jobs of a batch as rows of `jobs`: the columns of JOB_COLUMNS, straight from the batch into the page. */
export class JobRows {
  readonly #pages: TableLeafPages;
  readonly #batch: JobBatch;
  readonly #texts: TextBytes;
  readonly #codedTexts: CodedTexts;
  readonly #numbers: JobNumbers;

  constructor(encoding: BatchEncoding, pages: TableLeafPages) {
    const { batch } = encoding;
    this.#pages = pages;
    this.#batch = batch;
    this.#texts = new TextBytes(batch.bytes);
    this.#codedTexts = new CodedTexts(storedTables(batch));
    this.#numbers = new JobNumbers(encoding);
  }

  append(rowId: number, row: number): void {
    const { capacity, textStarts, textLengths, codes } = this.#batch;
    const { starts, lengths, firsts, bytes: codedTexts } = this.#codedTexts;
    const { values } = this.#numbers;
    const numbers = this.#numbers.placeOf(row);
    const pages = this.#pages;
    let headerBytes = LEAST_HEADER_BYTES;
    let textBytes = this.#codedTexts.mostBytes;
    for (let i = 0; i < TEXTS.length; i++) {
      const length = textLengths[TEXTS[i] * capacity + row];
      headerBytes += surplus(length);
      textBytes += length;
    }
    if (this.#codedTexts.longest > LONGEST_SHORT_TEXT) headerBytes += this.#surplusOfCoded(row);
    const start = pages.begin(rowId, headerBytes + textBytes + NUMBER_BYTES);
    const { bytes, view } = pages;
    bytes[start] = headerBytes;
    let typeAt = start + 1;
    let at = start + headerBytes;
    for (let step = 0; step < STEP_KINDS.length; step++) {
      const first = STEP_FIRSTS[step];
      switch (STEP_KINDS[step]) {
        case INTEGERS: {
          const count = STEP_ENDS[step] - first;
          at = writeIntegers(bytes, typeAt, view, at, values, numbers + first, count);
          typeAt += count;
          break;
        }
        case REAL:
          at = writeReal(bytes, typeAt++, view, at, values[numbers + first]);
          break;
        case TEXT: {
          const place = PLACES[first] * capacity + row;
          const length = textLengths[place];
          if (length === -1) {
            bytes[typeAt++] = 0;
            break;
          }
          typeAt = writeVarint(bytes, typeAt, textType(length));
          this.#texts.copyTo(view, at, textStarts[place], length);
          at += length;
          break;
        }
        default: {
          const code = codes[PLACES[first] * capacity + row];
          if (code === -1) {
            bytes[typeAt++] = 0;
            break;
          }
          const text = firsts[PLACES[first]] + code;
          typeAt = writeVarint(bytes, typeAt, textType(lengths[text]));
          codedTexts.copyTo(view, at, starts[text], lengths[text]);
          at += lengths[text];
        }
      }
    }
    pages.end(at);
  }

  /** What the types of a row's texts take beyond a byte each; those of other values never take more. */
  #surplusOfCoded(row: number): number {
    const { capacity, codes } = this.#batch;
    const { lengths, firsts } = this.#codedTexts;
    let bytes = 0;
    for (let i = 0; i < CODED_TEXTS.length; i++) {
      const code = codes[CODED_TEXTS[i] * capacity + row];
      if (code !== -1) bytes += surplus(lengths[firsts[CODED_TEXTS[i]] + code]);
    }
    return bytes;
  }
}

/** Of the tables of a batch those whose texts are stored; of a name it is the id. */
function storedTables({ tables }: JobBatch): (readonly string[])[] {
  return tables.map((table, coded) => (CODED_TEXTS.includes(coded) ? table : []));
}

/** What the type of a text takes beyond a byte. */
function surplus(length: number): number {
  return length <= LONGEST_SHORT_TEXT ? 0 : varintLength(textType(length)) - 1;
}

interface Step {
  readonly kind: number;
  readonly first: number;
  end: number;
}

function stepsOf(columns: readonly JobColumn[]): Step[] {
  const steps: Step[] = [];
  for (const [i, column] of columns.entries()) {
    const kind = kindOf(column);
    const last = steps.at(-1);
    if (kind === INTEGERS && last?.kind === INTEGERS) last.end = i + 1;
    else steps.push({ kind, first: i, end: i + 1 });
  }
  return steps;
}

function kindOf({ from }: JobColumn): number {
  switch (from) {
    case 'text':
      return TEXT;
    case 'coded-text':
      return CODED_TEXT;
    case 'real':
      return REAL;
    default:
      return INTEGERS;
  }
}
