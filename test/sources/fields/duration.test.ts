import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../../../sample-data/python-float.ts';
import { readDuration } from '../../../src/sources/fields/duration.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { TIME_UNITS } from '../../../src/sources/qhist-csv/labels.ts';
import { fieldBytes } from '../field-bytes.ts';

const HOUR = TIME_UNITS.h;
const anyUnit = fc.constantFrom(...Object.values(TIME_UNITS));
/** Up to thirty thousand years of CPU time. */
const anySeconds = fc.integer({ min: 0, max: 1e12 });

describe('a duration as a count of a unit', () => {
  it.each([
    ['3.256111111111111', HOUR, 11_722],
    ['0.0002777777777777778', HOUR, 1],
    ['195.36666666666667', TIME_UNITS.m, 11_722],
    ['11722.0', TIME_UNITS.s, 11_722],
    ['0.13567129629629629', TIME_UNITS.d, 11_722],
    ['1.1574074074074073e-05', TIME_UNITS.d, 1],
    ['0.0', HOUR, 0],
    ['0', HOUR, 0],
    ['12', HOUR, 43_200],
  ])('%s x %d s', (text, unit, seconds) => {
    expect(duration(text, unit)).toBe(seconds);
  });

  it('leads back to any whole number of seconds that was printed in any unit', () => {
    fc.assert(
      fc.property(anySeconds, anyUnit, (seconds, unit) => {
        expect(duration(pythonFloat(seconds / unit), unit)).toBe(seconds);
        expect(duration(String(seconds / unit), unit)).toBe(seconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('is rounded to the second like the exact number', () => {
    const anyHundredths = fc.integer({ min: 0, max: 1e10 });
    fc.assert(
      fc.property(anyHundredths, anyUnit, (hundredths, unit) => {
        const text = String(hundredths / 100);
        expect(duration(text, unit)).toBe(Math.round(Number(text) * unit));
      }),
      { numRuns: 1000 },
    );
  });

  it('is rounded as it is written, by however many digits it is beside a half', () => {
    expect(duration('44.000138888888888888')).toBe(158_400);
    expect(duration('44.000138888888888889')).toBe(158_401);
    expect(duration('73.00013888888888')).toBe(262_800);
    expect(duration('0.5', TIME_UNITS.s)).toBe(1);
    expect(duration('0.49999999999999999999', TIME_UNITS.s)).toBe(0);
  });

  it('is NULL where the field is empty', () => {
    expect(duration('')).toBeNaN();
  });
});

describe('a duration as a clock shows it', () => {
  it.each([
    ['00:00:00', 0],
    ['00:00:01', 1],
    ['03:15:22', 11_722],
    ['3:5:2', 11_102],
    ['100:00:00', 360_000],
    ['1:02:03:04', 93_784],
    ['12:00:00:00', 1_036_800],
  ])('%s is %d s, whatever the unit of the column', (text, seconds) => {
    for (const unit of Object.values(TIME_UNITS)) expect(duration(text, unit)).toBe(seconds);
  });

  it('leads back to any whole number of seconds', () => {
    fc.assert(
      fc.property(anySeconds, (seconds) => {
        expect(duration(clock(seconds))).toBe(seconds);
      }),
    );
  });
});

describe('what is no duration', () => {
  it.each([
    '-1',
    '-0.5',
    '-01:00:00',
    '01:60:00',
    '01:00:60',
    '00:00',
    ':00:00',
    '00:00:',
    '1:1:1:1:1',
    '01:00:00.5',
    '1 day, 0:00:00',
    '1h',
    'None',
    ' 1',
  ])('%s', (text) => {
    expect(duration(text)).toBe(MALFORMED);
  });

  it.each(['1e300', '99999999999999999999', '99999999999999999:00:00'])(
    '%s, more than whole seconds can count',
    (text) => {
      expect(duration(text)).toBe(MALFORMED);
    },
  );
});

function duration(text: string, secondsPerUnit: number = HOUR): number {
  const { view, start, end } = fieldBytes(text);
  return readDuration(view, start, end, secondsPerUnit);
}

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / HOUR), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
