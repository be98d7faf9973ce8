import {
  CODED,
  CODED_COLUMNS,
  type CodedColumn,
  type JobBatch,
  NUMBER,
  NUMBER_COLUMNS,
  type NumberColumn,
  TEXT,
  TEXT_COLUMNS,
  type TextColumn,
} from '../../src/job/job-batch.ts';

/** A job of a batch with its names instead of their codes; NULL is null. */
export interface DecodedJob
  extends Readonly<Record<NumberColumn, number | null>>,
    Readonly<Record<TextColumn | CodedColumn, string | null>> {
  readonly qosCode: number;
  readonly incomplete: number;
  readonly endDay: number;
}

/** The jobs of a batch, in its order. */
export function decodeBatch(batch: JobBatch): DecodedJob[] {
  return Array.from({ length: batch.rows }, (_, row) => ({
    ...decodeColumns(NUMBER_COLUMNS, (name) => numberAt(batch, NUMBER[name], row)),
    ...decodeColumns(TEXT_COLUMNS, (name) => textAt(batch, TEXT[name], row)),
    ...decodeColumns(CODED_COLUMNS, (name) => codedAt(batch, CODED[name], row)),
    qosCode: batch.qosCodes[row],
    incomplete: batch.incomplete[row],
    endDay: batch.endDays[row],
  }));
}

function decodeColumns<Name extends string, Value>(
  names: readonly Name[],
  decode: (name: Name) => Value,
): Record<Name, Value> {
  const entries = names.map((name) => [name, decode(name)] as const);
  return Object.fromEntries(entries) as Record<Name, Value>;
}

function numberAt(batch: JobBatch, column: number, row: number): number | null {
  const value = batch.numbers[column * batch.capacity + row];
  return Number.isNaN(value) ? null : value;
}

function textAt(batch: JobBatch, column: number, row: number): string | null {
  const at = column * batch.capacity + row;
  const length = batch.textLengths[at];
  if (length === -1) return null;
  const start = batch.textStarts[at];
  return new TextDecoder().decode(batch.bytes.subarray(start, start + length));
}

function codedAt(batch: JobBatch, column: number, row: number): string | null {
  const code = batch.codes[column * batch.capacity + row];
  return code === -1 ? null : batch.tables[column][code];
}
