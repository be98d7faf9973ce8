import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEpochSeconds } from '../../../src/sources/fields/epoch-seconds.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { fieldBytes } from '../field-bytes.ts';

describe('readEpochSeconds', () => {
  it('reads any instant from 1973 to 2286', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 9_999_999_999 }), (seconds) => {
        expect(epochSeconds(String(seconds))).toBe(seconds);
      }),
    );
  });

  it('reads 0, an instant that PBS does not know', () => {
    expect(epochSeconds('0')).toBe(0);
  });

  it('is NULL where the field is empty', () => {
    expect(epochSeconds('')).toBeNaN();
  });

  it.each([
    ...['1', '00', '2026', '20260115', '99999999', '10000000000', '1768489200000'],
    ...['-768489200', '+1768489200', '1768489.20', '1768489200.0', '1e9', '1.000e+09'],
    ...['noon', 'None', '-', ' 1768489200', '12/31/2025', '1768489 00'],
  ])('refuses %s', (text) => {
    expect(epochSeconds(text)).toBe(MALFORMED);
  });
});

function epochSeconds(text: string): number {
  const { bytes, start, end } = fieldBytes(text);
  return readEpochSeconds(bytes, start, end);
}
