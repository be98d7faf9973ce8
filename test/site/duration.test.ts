import { describe, expect, it } from 'vitest';
import { durationName, parseDuration } from '../../src/site/duration.ts';

describe('a duration', () => {
  it.each([
    ['45s', 45],
    ['15m', 900],
    ['36h', 129_600],
    ['2d', 172_800],
  ])('%s is %d seconds, and the other way round', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
    expect(durationName(seconds)).toBe(text);
  });

  it.each(['', '15', 'm', '15 m', '-1m', '1w', '1e3s'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeNaN();
  });

  it('may have a fraction', () => {
    expect(parseDuration('1.5h')).toBe(5400);
    expect(durationName(0.5)).toBe('0.5s');
  });
});
