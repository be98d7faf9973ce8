import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPeriodStart, PERIODS, periodLabel, periodStart } from '../../src/reports/period.ts';
import { formatLocalDay, parseLocalDay } from '../../src/site/local-day.ts';

const day = fc.integer({ min: parseLocalDay('1970-01-01'), max: parseLocalDay('2105-12-31') });
const period = fc.constantFrom(...PERIODS);

describe('a period', () => {
  it.each([
    ['2026-03-31', 'day', '2026-03-31', '2026-03-31'],
    ['2026-03-31', 'week', '2026-03-30', '2026-W14'],
    ['2026-03-31', 'month', '2026-03-01', '2026-03'],
    ['2026-03-31', 'quarter', '2026-01-01', '2026-Q1'],
    ['2026-03-31', 'year', '2026-01-01', '2026'],
    ['2024-02-29', 'quarter', '2024-01-01', '2024-Q1'],
    ['2026-12-31', 'quarter', '2026-10-01', '2026-Q4'],
    // 2026 has 53 weeks of ISO 8601; the first days of 2027 are in the last of them.
    ['2027-01-03', 'week', '2026-12-28', '2026-W53'],
    ['2027-01-04', 'week', '2027-01-04', '2027-W01'],
    ['2024-12-30', 'week', '2024-12-30', '2025-W01'],
    ['1970-01-01', 'week', '1969-12-29', '1970-W01'],
  ] as const)('of %s by %s begins on %s and is called %s', (of, by, start, label) => {
    const found = periodStart(parseLocalDay(of), by);
    expect([formatLocalDay(found), periodLabel(found, by)]).toEqual([start, label]);
  });

  it('holds each day once, follows the one before without a gap, and sorts by its name', () => {
    fc.assert(
      fc.property(day, period, (localDay, by) => {
        const start = periodStart(localDay, by);
        const next = nextPeriodStart(start, by);
        expect(start <= localDay && localDay < next).toBe(true);
        expect(periodStart(start, by)).toBe(start);
        expect(periodStart(next - 1, by)).toBe(start);
        expect(periodStart(next, by)).toBe(next);
        expect(periodLabel(start, by) < periodLabel(next, by)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
