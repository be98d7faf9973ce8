import { CODED_COLUMNS, type JobBatch, NUMBER_COLUMNS, TEXT_COLUMNS } from './job-batch.ts';

/** A batch of some of the rows of another, with memory of its own and no more than they need. */
export function selectRows(batch: JobBatch, rows: readonly number[]): JobBatch {
  const { bytes, starts, lengths } = selectTexts(batch, rows);
  return {
    rows: rows.length,
    capacity: rows.length,
    bytes,
    ascii: batch.ascii,
    numbers: selected(batch.numbers, NUMBER_COLUMNS.length, batch, rows, Float64Array),
    textStarts: starts,
    textLengths: lengths,
    codes: selected(batch.codes, CODED_COLUMNS.length, batch, rows, Int32Array),
    tables: batch.tables,
    qosCodes: Uint8Array.from(rows, (row) => batch.qosCodes[row]),
    incomplete: Uint8Array.from(rows, (row) => batch.incomplete[row]),
    endDays: Int32Array.from(rows, (row) => batch.endDays[row]),
    identities: Uint32Array.from(
      rows.flatMap((row) => [batch.identities[2 * row], batch.identities[2 * row + 1]]),
    ),
  };
}

function selected<Column extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  values: Column,
  columns: number,
  { capacity }: JobBatch,
  rows: readonly number[],
  Typed: new (length: number) => Column,
): Column {
  const taken = new Typed(columns * rows.length);
  for (let column = 0; column < columns; column++) {
    for (const [i, row] of rows.entries()) {
      taken[column * rows.length + i] = values[column * capacity + row];
    }
  }
  return taken;
}

function selectTexts(
  { bytes, capacity, textStarts, textLengths }: JobBatch,
  rows: readonly number[],
): {
  bytes: Uint8Array<ArrayBuffer>;
  starts: Int32Array<ArrayBuffer>;
  lengths: Int32Array<ArrayBuffer>;
} {
  const starts = new Int32Array(TEXT_COLUMNS.length * rows.length);
  const lengths = new Int32Array(TEXT_COLUMNS.length * rows.length);
  const pieces: Uint8Array[] = [];
  let end = 0;
  for (let column = 0; column < TEXT_COLUMNS.length; column++) {
    for (const [i, row] of rows.entries()) {
      const from = column * capacity + row;
      const to = column * rows.length + i;
      starts[to] = end;
      lengths[to] = textLengths[from];
      if (textLengths[from] === -1) continue;
      pieces.push(bytes.subarray(textStarts[from], textStarts[from] + textLengths[from]));
      end += textLengths[from];
    }
  }
  const copied = new Uint8Array(end);
  let at = 0;
  for (const piece of pieces) {
    copied.set(piece, at);
    at += piece.length;
  }
  return { bytes: copied, starts, lengths };
}
