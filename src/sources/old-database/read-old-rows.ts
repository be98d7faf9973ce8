import type Database from 'better-sqlite3';
import { newBatchColumns } from '../../job/batch-columns.ts';
import { JobBatchBuilder } from '../../job/job-batch-builder.ts';
import type { ParsedChunk } from '../parsed-chunk.ts';
import type { ReadingContext } from '../reading-context.ts';
import { RAW_TEXT_LIMIT, type Reject, Rejection, rawText } from '../reject.ts';
import { OLD_COLUMNS, type OldColumnName } from './old-columns.ts';
import { OldRowReader, type OldValue } from './old-row-reader.ts';
import type { OldSchema } from './old-schema.ts';
import { TextBytes } from './text-bytes.ts';

/** Row ids, inclusive. */
export interface RowRange {
  readonly first: number;
  readonly last: number;
}

export type OldRowsStatement = Database.Statement<[number, number], OldValue[]>;

/** Of all texts of a job; only the first size of a buffer depends on it. */
const TYPICAL_TEXT_BYTES = 160;

/**
 * Reads the jobs of a range of row ids. What other sources have as lines and bytes are row ids here: those of
 * a row are how many row ids of the range come before its own.
 * @param statement of `selectJobs`, giving arrays.
 */
export function readOldRows(
  statement: OldRowsStatement,
  { columns }: Pick<OldSchema, 'columns'>,
  { first, last }: RowRange,
  context: ReadingContext,
): ParsedChunk {
  const rows = statement.all(first, last);
  const texts = new RowTexts(rows, columns);
  const builder = new JobBatchBuilder(texts.bytes, newBatchColumns(rows.length));
  const reader = new OldRowReader(context, builder, columns);
  const rejects: Reject[] = [];
  for (const [i, row] of rows.entries()) {
    const line = Number(row[0]) - first;
    try {
      reader.readJob(row, texts.of(i), line);
    } catch (rejection) {
      if (!(rejection instanceof Rejection)) throw rejection;
      const { code, reason } = rejection;
      rejects.push({ line, byteOffset: line, code, reason, rawText: rowText(row, columns) });
    }
  }
  return {
    batch: builder.finish(),
    rejects,
    lines: rows.length,
    skippedLines: 0,
    otherRecords: {},
    undecidedTimes: reader.undecidedTimes,
    repairedLines: 0,
  };
}

/** The texts of many rows as UTF-8, and where each of them stands. */
class RowTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #width: number;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;

  constructor(rows: readonly (readonly OldValue[])[], columns: readonly OldColumnName[]) {
    this.#width = columns.length + 1;
    this.#starts = new Int32Array(rows.length * this.#width);
    this.#ends = new Int32Array(rows.length * this.#width);
    const texts = new TextBytes(rows.length * TYPICAL_TEXT_BYTES);
    const kinds = columns.map((name) => OLD_COLUMNS[name].kind);
    for (const [i, row] of rows.entries()) {
      for (let place = 1; place < this.#width; place++) {
        const text = wantedText(row[place], kinds[place - 1]);
        if (text === null) continue;
        const at = i * this.#width + place;
        this.#starts[at] = texts.length;
        this.#ends[at] = texts.append(text);
      }
    }
    this.bytes = texts.finish();
  }

  of(row: number): { readonly starts: Int32Array; readonly ends: Int32Array } {
    const from = row * this.#width;
    const to = from + this.#width;
    return { starts: this.#starts.subarray(from, to), ends: this.#ends.subarray(from, to) };
  }
}

/** @returns null where the bytes of the value are not asked for. */
function wantedText(value: OldValue, kind: string): string | null {
  if (typeof value === 'string') return kind === 'time' ? null : value;
  const isNumberForText = typeof value === 'number' && (kind === 'text' || kind === 'coded');
  return isNumberForText ? String(value) : null;
}

/** A row as JSON, cut like any rejected text. */
function rowText(row: readonly OldValue[], columns: readonly OldColumnName[]): string {
  const values = columns.map((name, i): [string, unknown] => {
    const value = row[i + 1];
    return [name, value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value];
  });
  const text = JSON.stringify(Object.fromEntries([['rowid', row[0]], ...values]));
  if (text.length * 3 <= RAW_TEXT_LIMIT) return text;
  const bytes = Uint8Array.from(Buffer.from(text));
  return rawText(bytes, 0, bytes.length);
}
