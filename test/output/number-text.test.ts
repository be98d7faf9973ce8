import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countText, hoursText, sizeText } from '../../src/output/number-text.ts';

describe('numbers for people', () => {
  it('are counts in groups of three', () => {
    const counts = [0, 999, 1000, 12_345_678, -1000];
    expect(counts.map(countText)).toEqual(['0', '999', '1,000', '12,345,678', '-1,000']);
  });

  it('are hours with one decimal', () => {
    expect([0, 0.04, 0.05, 1234.56].map(hoursText)).toEqual(['0.0', '0.0', '0.1', '1,234.6']);
  });

  it('are the same as by Intl', () => {
    const counts = new Intl.NumberFormat('en-US', {
      maximumFractionDigits: 0,
      signDisplay: 'negative',
    });
    const hours = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'negative',
    });
    const anyHundredths = fc
      .oneof(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: -200, max: 200 }))
      .map((count) => count / 100);
    fc.assert(
      fc.property(anyHundredths, (value) => {
        expect(countText(value)).toBe(counts.format(value));
        expect(hoursText(value)).toBe(hours.format(value));
      }),
    );
  });

  it('are sizes in decimal megabytes or gigabytes', () => {
    expect([0, 49_999, 1_500_000, 999_900_000, 1e9, 12_345_000_000].map(sizeText)).toEqual([
      '0.0 MB',
      '0.0 MB',
      '1.5 MB',
      '999.9 MB',
      '1.00 GB',
      '12.35 GB',
    ]);
  });
});
