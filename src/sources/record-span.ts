import type { Rejection } from './reject.ts';

/** A stretch of a chunk that holds one record, or what stands in the place of one. */
export interface RecordSpan {
  readonly start: number;
  readonly end: number;
  /** Why its bytes can't be read as a record at all; null for one that is whole. */
  readonly flaw: Rejection | null;
}

/** Finds the records of a text in which each character stands for one byte. */
export interface RecordScanner {
  /** Where the next record begins, or the text that may become one when more of it is known. */
  readonly position: number;
  /** @returns the next span; null where the rest of the text decides nothing. */
  next(): RecordSpan | null;
}

/** What separates records may be as long as this before it is handed over without one. */
const SEPARATOR_LIMIT_BYTES = 1 << 16;

/** @returns all spans of a text that no more follows. */
export function allSpans(scanner: RecordScanner): RecordSpan[] {
  const spans: RecordSpan[] = [];
  for (let span = scanner.next(); span !== null; span = scanner.next()) spans.push(span);
  return spans;
}

/** @returns the end of the last span that more text would not change; 0 where there is none. */
export function decidedEnd(scanner: RecordScanner): number {
  let end = 0;
  for (let span = scanner.next(); span !== null; span = scanner.next()) end = span.end;
  return scanner.position - end > SEPARATOR_LIMIT_BYTES ? scanner.position : end;
}
