import type { ReportValue } from '../../src/reports/report.ts';
import { BenchError } from '../bench-error.ts';

/** An answer: the names of its columns, and its rows. */
export interface Answer {
  readonly keys: readonly string[];
  readonly rows: readonly (readonly ReportValue[])[];
}

const RELATIVE_TOLERANCE = 1e-9;

/**
 * Holds two answers to each other in the columns that both have, whatever their order; rows without anything in
 * them may be missing.
 * @throws BenchError where they differ.
 */
export function demandSameAnswer(question: string, one: Answer, other: Answer): void {
  const keys = one.keys.filter((key) => other.keys.includes(key));
  const [mine, theirs] = [comparable(one, keys), comparable(other, keys)];
  if (keys.length < 2 || mine.length !== theirs.length) {
    throw new BenchError(`${question}: ${mine.length} rows and ${theirs.length} of ${keys.join()}`);
  }
  for (const [i, row] of mine.entries()) {
    for (const [place, value] of row.entries()) {
      if (isSame(value, theirs[i][place])) continue;
      const [a, b] = [row, theirs[i]].map((values) => JSON.stringify(values));
      throw new BenchError(`${question}: the answers differ in ${keys[place]}\n${a}\n${b}`);
    }
  }
}

/** Rows of the same columns, sorted by their texts. */
function comparable({ keys, rows }: Answer, wanted: readonly string[]): ReportValue[][] {
  const places = wanted.map((key) => keys.indexOf(key));
  return rows
    .map((row) => places.map((place) => row[place]))
    .filter((row) => row.some((value) => typeof value === 'number' && value !== 0))
    .map((row) => ({ row, text: row.filter((value) => typeof value !== 'number').join('\0') }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}

function isSame(a: ReportValue, b: ReportValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
