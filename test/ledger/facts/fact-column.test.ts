import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFactColumn, encodeFactColumn } from '../../../src/ledger/facts/fact-column.ts';

const HEAD_BYTES = 24;

function roundTrip(values: readonly number[]): { bytes: number; back: number[] } {
  const column = encodeFactColumn(Float64Array.from(values));
  const into = new Float64Array(values.length);
  expect(decodeFactColumn(column, into)).toBe(values.length);
  return { bytes: column.length - HEAD_BYTES, back: [...into] };
}

/** Numbers as facts have them, with NaN for NULL, and any others. */
const numbers = fc.oneof(
  fc.constant(Number.NaN),
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 }),
  fc.maxSafeInteger(),
  fc.integer({ min: 0, max: 2 ** 33 }).map((seconds) => seconds / 3600),
  fc.integer({ min: 0, max: 2 ** 33 }).map((kib) => kib * 1024),
  fc.integer({ min: 0, max: 500 }).map((hundredths) => hundredths / 100),
  fc.double(),
);

describe('a column of a fact', () => {
  it('gives back every number that went in', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(numbers, { maxLength: 50 }),
          fc.array(fc.integer({ min: 0, max: 2 ** 33 }).map((seconds) => seconds / 3600)),
          fc.array(fc.oneof(fc.constant(Number.NaN), fc.integer({ min: 0, max: 2 ** 34 }))),
        ),
        (values) => {
          // Either of the two zeroes may come back.
          const oneZero = (value: number): number => (value === 0 ? 0 : value);
          expect(roundTrip(values).back.map(oneZero)).toEqual(values.map(oneZero));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['no number', [], 0],
    ['nothing but NULL', [Number.NaN, Number.NaN], 0],
    ['the same number', [7.25, 7.25, 7.25], 0],
    ['255 numbers in a row from far up', [1_000_000, 1_000_254], 2],
    ['256 of them', [1_000_000, 1_000_255], 4],
    ['small numbers and NULL', [0, Number.NaN, 254], 3],
    ['hours of seconds', [128 / 3600, 1, 43_200 / 3600], 6],
    ['whole KiB beyond 32 bits', [0, 2 ** 40], 8],
    ['factors of two decimals', [0.7, 1, 1.5], 3],
    ['any others', [Math.PI, 0], 16],
    ['what is endless', [Number.POSITIVE_INFINITY, 0], 16],
  ])('is as narrow as it can be for %s', (_what, values, bytes) => {
    expect(roundTrip(values)).toEqual({ bytes, back: values });
  });

  it('is read wherever its bytes stand', () => {
    const column = encodeFactColumn(Float64Array.from([1, 70_000, Number.NaN]));
    const shifted = new Uint8Array(column.length + 1);
    shifted.set(column, 1);
    const into = new Float64Array(3);
    decodeFactColumn(shifted.subarray(1), into);
    expect([...into]).toEqual([1, 70_000, Number.NaN]);
  });
});
