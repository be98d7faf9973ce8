import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../../src/kernel/kernel.ts';
import { decodeFactColumn, encodeFactColumn } from '../../../../src/ledger/facts/fact-column.ts';
import { FactKernel } from '../../../../src/ledger/sqlite/bulk/fact-kernel.ts';
import { propertyRuns } from './property-runs.ts';

const kernel = new FactKernel(compileKernel());
const MOST_BYTES = 24 + 100 * 8;
const at = kernel.layOut({ values: MOST_BYTES, column: MOST_BYTES });

function encodedByKernel(values: Float64Array): Uint8Array {
  kernel.put(at.values, values);
  const size = kernel.exports.encodeFacts(at.values, values.length, at.column);
  return new Uint8Array(kernel.buffer, at.column, size).slice();
}

/** Numbers that are near each other, in units as facts have them, and now and then none. */
const columns = fc
  .tuple(
    fc.constantFrom(1, 1024, 1 / 3600, 1 / 100, Math.PI),
    fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
    fc.constantFrom(0, 1, 254, 255, 300, 65_534, 65_535, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 34),
  )
  .chain(([unit, from, span]) =>
    fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: from, max: from + span }).map((n) => n * unit) },
        { weight: 3, arbitrary: fc.constantFrom(from * unit, (from + span) * unit) },
        { weight: 1, arbitrary: fc.constant(Number.NaN) },
      ),
      { maxLength: 40 },
    ),
  );
const seconds = fc.array(fc.integer({ min: 0, max: 2 ** 20 }).map((number) => number / 3600));
const hundredths = fc.array(fc.integer({ min: 0, max: 500 }).map((number) => number / 100));
const anything = fc.array(
  // Which of the two zeroes comes back is no matter.
  fc.double().map((number) => number + 0),
  { maxLength: 40 },
);

describe('the columns of facts that the kernel makes', () => {
  const { numRuns, timeoutMs } = propertyRuns(2000);

  it('are those that all others make, byte for byte', { timeout: timeoutMs }, () => {
    fc.assert(
      fc.property(fc.oneof(columns, seconds, hundredths, anything), (numbers) => {
        const values = Float64Array.from(numbers.slice(0, 100));
        const column = encodeFactColumn(values);
        expect(encodedByKernel(values)).toEqual(new Uint8Array(column));
      }),
      { numRuns },
    );
  });

  it('give back every number that went in', { timeout: timeoutMs }, () => {
    fc.assert(
      fc.property(fc.oneof(columns, seconds, hundredths, anything), (numbers) => {
        const values = Float64Array.from(numbers.slice(0, 100));
        const column = encodeFactColumn(values);
        kernel.put(at.column, column);
        expect(kernel.exports.decodeFacts(at.column, at.values)).toBe(column.length);
        const expected = new Float64Array(values.length);
        decodeFactColumn(column, expected);
        const decoded = new Float64Array(kernel.buffer, at.values, values.length);
        expect(decoded).toEqual(expected);
      }),
      { numRuns },
    );
  });
});
