import { type JobBatch, NUMBER } from '../../../job/job-batch.ts';
import { JOB_COLUMNS, type JobColumn } from '../job-columns.ts';
import { CodedTexts } from './coded-texts.ts';
import type { BatchEncoding } from './encode-batch.ts';
import {
  copyBytes,
  MOST_NUMBER_BYTES,
  textType,
  writeInteger,
  writeReal,
} from './record-values.ts';
import type { TableLeafPages } from './table-leaf-pages.ts';
import { varintLength, writeVarint } from './varint.ts';
import { viewOf } from './view-of.ts';

/** Where a column has its value from, as a number: JOB_COLUMNS is walked over for each job. */
const INTEGER = 0;
const REAL = 1;
const TEXT = 2;
const CODED_TEXT = 3;
const NAME_ID = 4;
const QOS_ID = 5;
const LINE = 6;
/** The same value in all rows of a batch. */
const CONSTANT = 7;

const KINDS = Uint8Array.from(JOB_COLUMNS, kindOf);
const PLACES = Int32Array.from(JOB_COLUMNS, (column) => ('at' in column ? column.at : 0));
const TEXTS = placesOf(TEXT);
const CODED_TEXTS = placesOf(CODED_TEXT);
/** Of a header whose types take a byte each; its own size does so too, up to 127 bytes. */
const LEAST_HEADER_BYTES = 1 + JOB_COLUMNS.length;
const NUMBER_BYTES = JOB_COLUMNS.length * MOST_NUMBER_BYTES;

/** Writes jobs of a batch as rows of `jobs`: the columns of JOB_COLUMNS, straight from the batch into the page. */
export class JobRows {
  readonly #pages: TableLeafPages;
  readonly #batch: JobBatch;
  readonly #bytes: DataView;
  readonly #texts: CodedTexts;
  readonly #nameIds: BatchEncoding['nameIds'];
  readonly #qosIds: readonly number[];
  readonly #firstLine: number;
  /** For each column where its values begin in their array, or the value that all rows have. */
  readonly #from: Int32Array;
  readonly #constants: Float64Array;

  constructor(encoding: BatchEncoding, pages: TableLeafPages) {
    const { batch } = encoding;
    this.#pages = pages;
    this.#batch = batch;
    this.#bytes = viewOf(batch.bytes);
    this.#texts = new CodedTexts(batch);
    this.#nameIds = encoding.nameIds;
    this.#qosIds = encoding.qosIds;
    this.#firstLine = encoding.firstLine;
    this.#from = PLACES.map((place) => place * batch.capacity);
    this.#constants = Float64Array.from(JOB_COLUMNS, (column) => constantOf(column, encoding));
  }

  append(rowId: number, row: number): void {
    const { numbers, textStarts, textLengths, codes, qosCodes } = this.#batch;
    const { starts, lengths, firsts, view: codedTexts } = this.#texts;
    const pages = this.#pages;
    const from = this.#from;
    const textBytes = this.#textBytes(row);
    const headerBytes = this.#headerBytes(row);
    const start = pages.begin(rowId, headerBytes + textBytes + NUMBER_BYTES);
    const { bytes, view } = pages;
    bytes[start] = headerBytes;
    let typeAt = start + 1;
    let at = start + headerBytes;
    for (let column = 0; column < KINDS.length; column++) {
      const place = from[column] + row;
      let value: number;
      switch (KINDS[column]) {
        case INTEGER:
          value = numbers[place];
          break;
        case REAL:
          at = writeReal(bytes, typeAt++, view, at, numbers[place]);
          continue;
        case TEXT: {
          const length = textLengths[place];
          if (length === -1) {
            bytes[typeAt++] = 0;
            continue;
          }
          typeAt = writeVarint(bytes, typeAt, textType(length));
          copyBytes(view, at, this.#bytes, textStarts[place], length);
          at += length;
          continue;
        }
        case CODED_TEXT: {
          const code = codes[place];
          if (code === -1) {
            bytes[typeAt++] = 0;
            continue;
          }
          const text = firsts[PLACES[column]] + code;
          const length = lengths[text];
          typeAt = writeVarint(bytes, typeAt, textType(length));
          copyBytes(view, at, codedTexts, starts[text], length);
          at += length;
          continue;
        }
        case NAME_ID:
          value = this.#nameIds[PLACES[column]][codes[place]];
          break;
        case QOS_ID:
          value = this.#qosIds[qosCodes[row]];
          break;
        case LINE:
          value = numbers[place] + this.#firstLine;
          break;
        default:
          value = this.#constants[column];
      }
      at = writeInteger(bytes, typeAt++, view, at, value);
    }
    pages.end(at);
  }

  #textBytes(row: number): number {
    const { capacity, textLengths, codes } = this.#batch;
    const { lengths, firsts } = this.#texts;
    let bytes = 0;
    for (let i = 0; i < TEXTS.length; i++) {
      const length = textLengths[TEXTS[i] * capacity + row];
      if (length !== -1) bytes += length;
    }
    for (let i = 0; i < CODED_TEXTS.length; i++) {
      const code = codes[CODED_TEXTS[i] * capacity + row];
      if (code !== -1) bytes += lengths[firsts[CODED_TEXTS[i]] + code];
    }
    return bytes;
  }

  /** The type of a text is longer than a byte where the text is long; of other values it is always one. */
  #headerBytes(row: number): number {
    const { capacity, textLengths, codes } = this.#batch;
    const { lengths, firsts } = this.#texts;
    let bytes = LEAST_HEADER_BYTES;
    for (let i = 0; i < TEXTS.length; i++) {
      const length = textLengths[TEXTS[i] * capacity + row];
      if (length >= 58) bytes += varintLength(textType(length)) - 1;
    }
    for (let i = 0; i < CODED_TEXTS.length; i++) {
      const code = codes[CODED_TEXTS[i] * capacity + row];
      if (code !== -1) bytes += varintLength(textType(lengths[firsts[CODED_TEXTS[i]] + code])) - 1;
    }
    return bytes;
  }
}

function kindOf(column: JobColumn): number {
  switch (column.from) {
    case 'integer':
      return column.at === NUMBER.line ? LINE : INTEGER;
    case 'real':
      return REAL;
    case 'text':
      return TEXT;
    case 'coded-text':
      return CODED_TEXT;
    case 'name-id':
      return NAME_ID;
    case 'qos-id':
      return QOS_ID;
    case 'row-id':
    case 'run-id':
    case 'file-id':
      return CONSTANT;
  }
}

function constantOf({ from }: JobColumn, { runId, fileId }: BatchEncoding): number {
  if (from === 'run-id') return runId;
  if (from === 'file-id') return fileId;
  // The row id is the key of the b-tree; its column is stored as NULL.
  return Number.NaN;
}

function placesOf(kind: number): Int32Array {
  return PLACES.filter((_, column) => KINDS[column] === kind);
}
