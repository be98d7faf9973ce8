import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonFixed2, pythonFloat } from '../../sample-data/python-float.ts';

describe('pythonFloat', () => {
  it.each([
    [0, '0.0'],
    [-0, '-0.0'],
    [12, '12.0'],
    [235, '235.0'],
    [0.5, '0.5'],
    [1 / 3, '0.3333333333333333'],
    [1 / 3600, '0.0002777777777777778'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [6.103515625e-5, '6.103515625e-05'],
    [9.5367431640625e-7, '9.5367431640625e-07'],
    [1.5e-10, '1.5e-10'],
    [-0.00002, '-2e-05'],
    [9007199254740992, '9007199254740992.0'],
    [1e16, '1e+16'],
    [2.5e100, '2.5e+100'],
  ])('prints %d as Python does', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it('reads back as the same number, and always looks like a float', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = pythonFloat(value);
        expect(Number(text)).toBe(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?e[+-]\d{2,3}$|^-?\d+\.\d+$/);
      }),
    );
  });
});

describe('pythonFixed2', () => {
  it.each([
    [0, '0.00'],
    [12, '12.00'],
    [0.125, '0.12'],
    [0.375, '0.38'],
    [0.625, '0.62'],
    [2.875, '2.88'],
    [0.005, '0.01'],
    [1.005, '1.00'],
    [27.74930191040039, '27.75'],
    [14 / 3600, '0.00'],
  ])('rounds %d as Python does', (value, text) => {
    expect(pythonFixed2(value)).toBe(text);
  });
});
