/**
 * A line cut into fields: byte spans with one delimiter between each two, shared from row to row and valid
 * only during the call.
 */
export interface FieldSpans {
  /** May be more than there are spans. */
  count: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Where a line stands in the chunk that it was read from. */
export interface LinePosition {
  line: number;
  start: number;
  end: number;
}

/** What the two ways of cutting lines hand their rows to. */
export interface RowSink {
  /** @param controls whether a byte of the line is a control character. */
  row(fields: FieldSpans, position: LinePosition, controls: boolean): void;
  /** A line whose quotes do not match, so that it has no fields. */
  unreadable(position: LinePosition): void;
}
