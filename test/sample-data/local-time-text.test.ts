import { describe, expect, it } from 'vitest';
import { LocalTimeText } from '../../sample-data/local-time-text.ts';
import { zoneTable } from '../../src/site/zone-table.ts';

const time = new LocalTimeText(zoneTable('America/Denver'));

describe('LocalTimeText', () => {
  it('prints what the wall clock shows', () => {
    expect(time.print(utc('2026-01-01T03:30:33Z'))).toBe('2025-12-31 20:30:33');
    expect(time.print(utc('2026-07-01T06:00:00Z'))).toBe('2026-07-01 00:00:00');
  });

  it('shows the repeated hour of autumn twice', () => {
    expect(time.print(utc('2025-11-02T07:30:00Z'))).toBe('2025-11-02 01:30:00');
    expect(time.print(utc('2025-11-02T08:30:00Z'))).toBe('2025-11-02 01:30:00');
  });

  it('skips the hour that spring skips', () => {
    expect(time.print(utc('2026-03-08T08:59:59Z'))).toBe('2026-03-08 01:59:59');
    expect(time.print(utc('2026-03-08T09:00:00Z'))).toBe('2026-03-08 03:00:00');
  });

  it('agrees with the calendar over many years, in whatever order it is asked', () => {
    const denver = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/Denver',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let i = 0; i < 3000; i++) {
      const second = (i * 7_654_321) % utc('2060-01-01T00:00:00Z');
      expect(time.print(second)).toBe(denver.format(second * 1000));
    }
  });
});

function utc(text: string): number {
  return Date.parse(text) / 1000;
}
