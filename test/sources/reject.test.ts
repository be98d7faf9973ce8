import { describe, expect, it } from 'vitest';
import { quotedValue, rawText } from '../../src/sources/reject.ts';
import { fieldBytes, utf8 } from './field-bytes.ts';

describe('the raw text of a reject', () => {
  it('is the line', () => {
    expect(textOf('7.s,ada')).toBe('7.s,ada');
    expect(textOf('Zoë 🚀')).toBe('Zoë 🚀');
    expect(textOf('')).toBe('');
  });

  it('shows bytes that are no UTF-8 as replacement characters', () => {
    expect(rawText(Uint8Array.of(0x61, 0xff, 0x62), 0, 3)).toBe('a\uFFFDb');
  });

  it('is cut after 4096 bytes', () => {
    const line = utf8('x'.repeat(5000));
    expect(rawText(line, 0, 4096)).toHaveLength(4096);
    expect(rawText(line, 0, 5000)).toHaveLength(4096);
  });
});

describe('a quoted value', () => {
  it('is quoted so that every character shows', () => {
    expect(quoted('many')).toBe('"many"');
    expect(quoted('a"b\\c\td')).toBe('"a\\"b\\\\c\\td"');
  });

  it('is cut after 60 bytes', () => {
    expect(quoted('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
    expect(quoted('x'.repeat(61))).toBe(`"${'x'.repeat(60)}..."`);
  });
});

function textOf(line: string): string {
  const { bytes, start, end } = fieldBytes(line);
  return rawText(bytes, start, end);
}

function quoted(value: string): string {
  const { bytes, start, end } = fieldBytes(value);
  return quotedValue(bytes, start, end);
}
