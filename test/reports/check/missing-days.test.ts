import { describe, expect, it } from 'vitest';
import { dayListText } from '../../../src/reports/check/check-text.ts';
import { missingDays } from '../../../src/reports/check/missing-days.ts';

describe('missing days', () => {
  it('are those of a window without jobs', () => {
    const days = [3, 4, 7].map((day) => ({ day, jobs: 1 }));
    expect(missingDays(days, 3, 7)).toEqual([5, 6]);
    expect(missingDays(days, 6, 9)).toEqual([6, 8, 9]);
    expect(missingDays(days, 3, 4)).toEqual([]);
    expect(missingDays(days, 4, 3)).toEqual([]);
  });
});

describe('a list of days', () => {
  it('joins days that follow each other, and is short', () => {
    expect(dayListText([])).toBe('');
    expect(dayListText([0])).toBe('1970-01-01');
    expect(dayListText([0, 1, 2, 5])).toBe('1970-01-01 to 1970-01-03, 1970-01-06');
    expect(dayListText([0, 2, 4, 6, 8, 10, 12])).toBe(
      '1970-01-01, 1970-01-03, 1970-01-05, 1970-01-07, 1970-01-09 and 2 more',
    );
  });
});
