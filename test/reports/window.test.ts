import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PERIODS, periodLabel } from '../../src/reports/period.ts';
import { lastWindow, monthWindow, windowParts, windowText } from '../../src/reports/window.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';

const TODAY = parseLocalDay('2026-03-10');

describe('a window', () => {
  it.each([
    ['1d', '2026-03-10', '2026-03-10'],
    ['30d', '2026-02-09', '2026-03-10'],
    ['day', '2026-03-09', '2026-03-09'],
    ['week', '2026-03-02', '2026-03-08'],
    ['month', '2026-02-01', '2026-02-28'],
    ['quarter', '2025-10-01', '2025-12-31'],
    ['year', '2025-01-01', '2025-12-31'],
  ])('of the last %s is %s to %s', (last, from, to) => {
    const window = lastWindow(last, TODAY);
    expect(window === null ? null : windowText(window)).toEqual({ from, to });
  });

  it.each(['', '0d', 'd', '3w', 'fortnight', '999999999d'])('of the last %j is none', (last) => {
    expect(lastWindow(last, TODAY)).toBeNull();
  });

  it('is a month by its name', () => {
    const window = monthWindow('2024-02');
    expect(window === null ? null : windowText(window)).toEqual({
      from: '2024-02-01',
      to: '2024-02-29',
    });
    for (const none of ['2024-13', '2024-2', '2024', '2024-02-01']) {
      expect(monthWindow(none)).toBeNull();
    }
  });

  it('is cut into parts that follow each other and are the whole of it', () => {
    fc.assert(
      fc.property(
        fc.nat(40_000),
        fc.nat(800),
        fc.constantFrom(...PERIODS),
        (fromDay, days, period) => {
          const toDay = fromDay + days;
          const parts = windowParts({ fromDay, toDay }, period, periodLabel);
          expect(parts[0].fromDay).toBe(fromDay);
          expect(parts.at(-1)?.toDay).toBe(toDay);
          for (let i = 1; i < parts.length; i++) {
            expect(parts[i].fromDay).toBe(parts[i - 1].toDay + 1);
            expect(parts[i].label > parts[i - 1].label).toBe(true);
          }
        },
      ),
    );
  });
});
