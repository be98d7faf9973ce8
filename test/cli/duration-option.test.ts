import { describe, expect, it } from 'vitest';
import { parseCountOption } from '../../src/cli/count-option.ts';
import { parseDurationOption } from '../../src/cli/duration-option.ts';

describe('a duration on the command line', () => {
  it('is a number with a unit', () => {
    expect(['90s', '30m', '26h', '2d', '1.5h'].map(parseDurationOption)).toEqual([
      90, 1800, 93_600, 172_800, 5400,
    ]);
    for (const text of ['', '26', 'h', '-1h', '26 h', '1e3h', '26hours']) {
      expect(() => parseDurationOption(text)).toThrow('It is not a duration such as 26h');
    }
  });
});

describe('a count on the command line', () => {
  it('is a whole number above zero', () => {
    expect(parseCountOption('20')).toBe(20);
    for (const text of ['', '0', '-1', '1.5', '0x10', 'ten', '99999999999999999999']) {
      expect(() => parseCountOption(text)).toThrow('It is not a whole number above zero.');
    }
  });
});
