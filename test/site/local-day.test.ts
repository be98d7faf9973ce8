import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLocalDay, parseLocalDay } from '../../src/site/local-day.ts';

describe('a local day', () => {
  it.each([
    [0, '1970-01-01'],
    [-1, '1969-12-31'],
    [19782, '2024-02-29'],
    [20454, '2026-01-01'],
  ])('%d is shown as %s and read back', (day, text) => {
    expect(formatLocalDay(day)).toBe(text);
    expect(parseLocalDay(text)).toBe(day);
  });

  it('is read back from what it is shown as, for every day of four-digit years', () => {
    const first = Date.UTC(1000, 0) / 86_400_000;
    const last = Date.UTC(9999, 11, 31) / 86_400_000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (day) => {
        expect(parseLocalDay(formatLocalDay(day))).toBe(day);
      }),
    );
  });

  it.each([
    '',
    '2026-1-1',
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '20260101',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
  ])('is not read from %j', (text) => {
    expect(parseLocalDay(text)).toBeNaN();
  });
});
