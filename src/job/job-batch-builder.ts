import { isAscii } from 'node:buffer';
import type { BatchColumns } from './batch-columns.ts';
import { CODED_COLUMNS, type JobBatch, NUMBER, TEXT } from './job-batch.ts';
import type { TextCodes } from './text-codes.ts';
import { TextInterner } from './text-interner.ts';
import { mixWord, tailWord, WORD_BYTES } from './text-words.ts';

/**
 * Fills a batch row by row. A row's values may be set in any order and are kept by `endRow`; a row that
 * turns out to be no job is simply written over by the next.
 */
export class JobBatchBuilder {
  /** The bytes that text spans point into. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same, to be read by words. */
  readonly view: DataView<ArrayBuffer>;
  readonly capacity: number;
  rows = 0;
  /** Of the current row; kept by `endRow` like all its values. */
  qosCode = 0;
  incomplete = 0;
  endDay = 0;
  readonly #columns: BatchColumns;
  // Every value goes through these.
  readonly #numbers: Float64Array<ArrayBuffer>;
  readonly #textStarts: Int32Array<ArrayBuffer>;
  readonly #textLengths: Int32Array<ArrayBuffer>;
  readonly #codes: Int32Array<ArrayBuffer>;
  readonly #textCodes: readonly TextCodes[];

  /**
   * @param columns memory for as many rows as there may be; numbers, texts and codes in it are NULL.
   * @param textCodes what gives codes to the texts of each coded column.
   */
  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    columns: BatchColumns,
    textCodes: readonly TextCodes[] = CODED_COLUMNS.map(() => new TextInterner(bytes)),
  ) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.capacity = columns.capacity;
    this.#columns = columns;
    this.#numbers = columns.numbers;
    this.#textStarts = columns.textStarts;
    this.#textLengths = columns.textLengths;
    this.#codes = columns.codes;
    this.#textCodes = textCodes;
  }

  setNumber(column: number, value: number): void {
    this.#numbers[column * this.capacity + this.rows] = value;
  }

  number(column: number): number {
    return this.#numbers[column * this.capacity + this.rows];
  }

  /** An empty text is NULL. */
  setText(column: number, start: number, end: number): void {
    const at = column * this.capacity + this.rows;
    this.#textStarts[at] = start;
    this.#textLengths[at] = end === start ? -1 : end - start;
  }

  /** An empty text is NULL, code -1. */
  setCoded(column: number, start: number, end: number): void {
    this.#codes[column * this.capacity + this.rows] =
      end === start ? -1 : this.#textCodes[column].intern(start, end);
  }

  /** Sets a coded column to a text that does not stand in the bytes, such as a default. */
  setCodedText(column: number, text: string | null): void {
    this.#codes[column * this.capacity + this.rows] =
      text === null ? -1 : this.codeOfText(column, text);
  }

  /** @returns the code of a text that does not stand in the bytes. */
  codeOfText(column: number, text: string): number {
    return this.#textCodes[column].internText(text);
  }

  code(column: number): number {
    return this.#codes[column * this.capacity + this.rows];
  }

  codedText(column: number): string | null {
    const code = this.code(column);
    return code === -1 ? null : this.#textCodes[column].texts[code];
  }

  endRow(): void {
    this.#identify();
    this.endIdentifiedRow();
  }

  /** The same for a row whose identity is set already. */
  endIdentifiedRow(): void {
    const { qosCodes, incomplete, endDays } = this.#columns;
    qosCodes[this.rows] = this.qosCode;
    incomplete[this.rows] = this.incomplete;
    endDays[this.rows] = this.endDay;
    this.rows++;
  }

  /** @param ascii whether the bytes are pure ASCII, if that is known. */
  finish(ascii = isAscii(this.bytes)): JobBatch {
    return {
      ...this.#columns,
      rows: this.rows,
      bytes: this.bytes,
      ascii,
      tables: this.#textCodes.map(({ texts }) => texts),
    };
  }

  /**
   * Two hashes. The second is one of all that the first went through: where two jobs meet in the first, what
   * they differed in before is still in the second.
   */
  #identify(): void {
    const { view } = this;
    const at = TEXT.job_id * this.capacity + this.rows;
    const start = this.#textStarts[at];
    const length = this.#textLengths[at];
    const end = start + length;
    // Each by itself, for a small submission and a length could make up for each other.
    let first = mixWord(mixWord(0, this.number(NUMBER.submit)), length);
    let second = first;
    for (let i = start; i < end - WORD_BYTES; i += WORD_BYTES) {
      first = mixWord(first, view.getInt32(i, true));
      second = mixWord(second, first);
    }
    first = mixWord(first, tailWord(view, start, end));
    second = mixWord(second, first);
    const { identities } = this.#columns;
    identities[2 * this.rows] = first;
    identities[2 * this.rows + 1] = second;
  }
}
