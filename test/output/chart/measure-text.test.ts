import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisScale, shortText } from '../../../src/output/chart/measure-text.ts';
import { timeScale } from '../../../src/output/chart/time-scale.ts';
import type { Measure } from '../../../src/reports/charts/figure.ts';
import type { ColumnKind } from '../../../src/reports/report.ts';

function measure(kind: ColumnKind, unit?: string): Measure {
  return { key: 'x', label: 'X', kind, ...(unit === undefined ? {} : { unit }) };
}

describe('a value beside its bar', () => {
  it.each([
    ['count', 0, '0'],
    ['count', 9_999, '9,999'],
    ['count', 12_345, '12.3k'],
    ['count', 999_960, '1M'],
    ['count', 1_250_000, '1.25M'],
    ['count', 2e9, '2G'],
    ['hours', 0, '0'],
    ['hours', 0.04, '< 0.1'],
    ['hours', 7, '7.0'],
    ['hours', 150.4, '150'],
    ['share', 0.5, '50 %'],
    ['share', 0.034, '3.4 %'],
    ['seconds', 5.4, '5.4 s'],
    ['seconds', 90, '1.5 min'],
    ['seconds', 3600, '1 h'],
    ['seconds', 200_000, '2.3 d'],
    ['number', 1.234, '1.23'],
  ] as const)('%s %d is %s', (kind, value, text) => {
    expect(shortText(value, measure(kind))).toBe(text);
  });

  it('is never long', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<ColumnKind>('count', 'hours', 'seconds', 'number'),
        fc.double({ min: 0, max: 1e14, noNaN: true }),
        (kind, value) => {
          expect(
            shortText(kind === 'count' ? Math.round(value) : value, measure(kind)).length,
          ).toBeLessThan(17);
        },
      ),
    );
  });
});

describe('an axis', () => {
  it('has one prefix for all its values', () => {
    const { text, factor } = axisScale(measure('count'), 19_000);
    expect([0, 5_000, 17_500].map((value) => text(value / factor))).toEqual(['0', '5k', '17.5k']);
    expect(axisScale(measure('count'), 9_000).text(8_000)).toBe('8,000');
  });

  it('says what its values are in', () => {
    expect(axisScale(measure('hours', 'core-hours'), 5).unit).toBe('core-hours');
    expect(axisScale(measure('seconds', 's'), 100).unit).toBe('seconds');
    expect(axisScale(measure('seconds', 's'), 5 * 3600)).toMatchObject({
      unit: 'hours',
      factor: 3600,
    });
    expect(axisScale(measure('share'), 1).text(50)).toBe('50 %');
  });
});

describe('a logarithmic axis of durations', () => {
  it('goes from a second to the step above the largest', () => {
    const { places, text, placeOf } = timeScale(700);
    expect(places.map(text)).toEqual(['1 s', '10 s', '1 min', '10 min', '1 h']);
    expect(placeOf(0)).toBe(places[0]);
    expect(placeOf(700)).toBeLessThan(places[places.length - 1]);
    expect(timeScale(0).places).toHaveLength(2);
  });
});
