import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LocalTimeReader } from '../../../src/sources/fields/local-time.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { fieldBytes } from '../field-bytes.ts';

describe('a wall-clock time', () => {
  it.each([
    ['1970-01-01 00:00:00', 0],
    ['1969-12-31 23:59:59', -1],
    ['1900-01-01 00:00:00', -2_208_988_800],
    ['2025-12-31 20:30:33', 1_767_213_033],
    ['2025-12-31T20:30:33', 1_767_213_033],
    ['2024-02-29 12:00:00', 1_709_208_000],
    ['2000-02-29 00:00:00', 951_782_400],
    ['9999-12-31 23:59:59', 253_402_300_799],
  ])('reads %s', (text, seconds) => {
    expect(localTime(text)).toBe(seconds);
  });

  it('reads any second of the calendar as Date.UTC counts it', () => {
    const date = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.constantFrom(' ', 'T'), (instant, separator) => {
        const text = instant.toISOString().slice(0, 19).replace('T', separator);
        expect(localTime(text)).toBe(Math.floor(instant.getTime() / 1000));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes exactly the days that the calendar has', () => {
    const years = [1900, 1999, 2000, 2023, 2024, 2025, 2100, 2400];
    for (const year of years) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const utc = Date.UTC(year, month - 1, day);
          const exists = new Date(utc).getUTCMonth() === month - 1 && day > 0;
          const text = `${year}-${twoDigits(month)}-${twoDigits(day)} 00:00:00`;
          expect([text, localTime(text)]).toEqual([text, exists ? utc / 1000 : MALFORMED]);
        }
      }
    }
  });

  it('is the same after any other, whatever the two have in common', () => {
    const anyDate = fc.tuple(
      fc.constantFrom('1970', '2024', '2025', '20x5', '1899'),
      fc.constantFrom('-01-', '-02-', '-12-', '-13-', '/12/', '-1--'),
      fc.constantFrom('01', '28', '29', '31', '3a', '00'),
      fc.constantFrom(' ', 'T', 'x'),
      fc.constantFrom('00:00:00', '23:59:59', '23:59:60', '12.00:00'),
    );
    const anyTexts = fc.array(
      anyDate.map((parts) => parts.join('')),
      { minLength: 2, maxLength: 8 },
    );
    fc.assert(
      fc.property(anyTexts, (texts) => {
        const { view, start } = fieldBytes(texts.join(''));
        const reader = new LocalTimeReader(view);
        const read = texts.map((text, i) => {
          const at = start + i * text.length;
          return reader.read(at, at + text.length);
        });
        expect(read).toEqual(texts.map(localTime));
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no bytes of zero for a date, not as the first either', () => {
    expect(localTime('\0\0\0\0\0\0\0\0\0\0 12:00:00')).toBe(MALFORMED);
  });

  it('is NULL where the field is empty', () => {
    expect(localTime('')).toBeNaN();
  });

  it.each([
    '2025-12-31 24:00:00',
    '2025-12-31 23:60:00',
    '2025-12-31 23:59:60',
    '1899-12-31 00:00:00',
    '0000-01-01 00:00:00',
    '2025-12-31',
    '2025-12-31 20:30',
    '2025-12-31 20:30:3',
    '2025-12-31 20:30:333',
    '2025-12-31 20:30:33Z',
    '2025-12-31 20:30:33.5',
    ' 2025-12-31 20:30:33',
    '2025-12-31t20:30:33',
    '2025/12/31 20:30:33',
    '2025-12-31-20:30:33',
    '2025-12-31 20.30.33',
    '12/31/2025 20:30:33',
    '+025-12-31 20:30:33',
    '2025-1a-31 20:30:33',
    '2025-12-31 2 :30:33',
    'yesterday',
    'None',
    '-',
  ])('refuses %s', (text) => {
    expect(localTime(text)).toBe(MALFORMED);
  });

  it('refuses a time with any of its characters replaced by a letter', () => {
    const time = '2025-12-31 20:30:33';
    for (let at = 0; at < time.length; at++) {
      expect(localTime(`${time.slice(0, at)}x${time.slice(at + 1)}`)).toBe(MALFORMED);
    }
  });
});

function localTime(text: string): number {
  const { view, start, end } = fieldBytes(text);
  return new LocalTimeReader(view).read(start, end);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
