import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oddDays } from '../../../src/reports/check/odd-days.ts';

/** Eight weeks of as many jobs on every weekday 0, and a last one. */
function weeks(before: readonly number[], jobs: number) {
  return [...before, jobs].map((count, i) => ({ day: 7 * i, jobs: count }));
}

function isOdd(before: readonly number[], jobs: number): boolean {
  const day = 7 * before.length;
  return oddDays(weeks(before, jobs), day, day).length === 1;
}

describe('odd days', () => {
  it('have less than a quarter of what is usual, or more than four times of it', () => {
    const usual = [100, 100, 100, 100];
    expect(isOdd(usual, 24)).toBe(true);
    expect(isOdd(usual, 25)).toBe(false);
    expect(isOdd(usual, 400)).toBe(false);
    expect(isOdd(usual, 401)).toBe(true);
    expect(oddDays(weeks(usual, 3), 28, 28)).toEqual([{ day: 28, jobs: 3, usual: 100 }]);
  });

  it('are judged by the median of four to eight same weekdays before', () => {
    expect(isOdd([100, 100, 100], 1)).toBe(false);
    expect(isOdd([9000, 100, 110, 90], 30)).toBe(false);
    expect(isOdd([9000, 100, 110, 90], 26)).toBe(true); // Usual are 105.
    // What was more than eight weeks ago is forgotten.
    expect(isOdd([1, 1, 1, ...Array(8).fill(100)], 100)).toBe(false);
    expect(isOdd([...Array(8).fill(1), 100, 100, 100, 100], 100)).toBe(false);
    expect(isOdd([...Array(9).fill(1), 100, 100, 100], 100)).toBe(false);
  });

  it('are not judged where fewer than 20 are usual', () => {
    expect(isOdd([19, 19, 19, 19], 1000)).toBe(false);
    expect(isOdd([20, 20, 20, 20], 1000)).toBe(true);
  });

  it('are not compared with days without jobs, nor with other weekdays', () => {
    const days = [0, 7, 21, 28].map((day) => ({ day, jobs: 100 }));
    const others = [1, 8, 15, 22].map((day) => ({ day, jobs: 5 }));
    const last = { day: 35, jobs: 5 };
    expect(oddDays([...days, ...others, last], 35, 35)).toEqual([{ ...last, usual: 100 }]);
  });

  it('are in the window, and none where every day is alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 120 }),
        fc.integer({ min: 0, max: 130 }),
        fc.integer({ min: 0, max: 130 }),
        (counts, from, to) => {
          const days = counts.map((jobs, day) => ({ day, jobs }));
          for (const { day, jobs, usual } of oddDays(days, from, to)) {
            expect(day).toBeGreaterThanOrEqual(from);
            expect(day).toBeLessThanOrEqual(to);
            expect(jobs * 4 < usual || jobs > usual * 4).toBe(true);
          }
          const alike = counts.map((_, day) => ({ day, jobs: 500 }));
          expect(oddDays(alike, from, to)).toEqual([]);
        },
      ),
    );
  });
});
