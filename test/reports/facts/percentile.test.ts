import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, sortedNumbers } from '../../../src/reports/facts/percentile.ts';

describe('sortedNumbers', () => {
  it('sorts many whole numbers, and any others', () => {
    const many = { minLength: 5000, maxLength: 6000 };
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), many),
          fc.array(fc.integer({ min: 0, max: 3 }), many),
          fc.array(fc.double({ noNaN: true })),
          fc.array(fc.integer({ min: -5, max: 2 ** 33 }), many),
        ),
        (numbers) => {
          const sorted = Array.from(sortedNumbers(Float64Array.from(numbers)));
          expect(sorted).toEqual([...Float64Array.from(numbers).sort()]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('percentile', () => {
  it('is that of SQLite', () => {
    const db = new Database(':memory:');
    const ask = db
      .prepare<[number, string], number>('SELECT percentile(value, ?) FROM json_each(?)')
      .pluck();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(0, 50, 90, 95, 100),
        (numbers, percent) => {
          const sorted = sortedNumbers(Float64Array.from(numbers));
          expect(percentile(sorted, percent)).toBeCloseTo(
            ask.get(percent, JSON.stringify(numbers)) ?? Number.NaN,
            6,
          );
        },
      ),
    );
    db.close();
  });
});
