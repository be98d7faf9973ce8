import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../../../sample-data/python-float.ts';
import { readDecimal, readExactDecimal, readWhole } from '../../../src/sources/fields/decimal.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { fieldBytes, utf8 } from '../field-bytes.ts';

/** Digits with at most one point among them, after the first. */
function decimalText(mostDigits: number) {
  return fc
    .tuple(fc.stringMatching(new RegExp(`^[0-9]{1,${mostDigits}}$`)), fc.nat(mostDigits))
    .map(([digits, at]) =>
      at > 0 && at <= digits.length ? `${digits.slice(0, at)}.${digits.slice(at)}` : digits,
    );
}

describe.each([
  [readDecimal.name, decimal, readDecimal],
  [readExactDecimal.name, exactDecimal, readExactDecimal],
])('%s', (_, read, readSpan) => {
  it.each([
    ['0', 0],
    ['0.0', 0],
    ['12', 12],
    ['12.', 12],
    ['007.50', 7.5],
    ['3.256111111111111', 3.256111111111111],
    ['1e3', 1000],
    ['9.5367431640625e-07', 9.5367431640625e-7],
    ['1e-05', 1e-5],
    ['2.5e+16', 2.5e16],
    ['1E5', 1e5],
    ['+4.5', 4.5],
    ['-4.5', -4.5],
    ['0.00000000000000000000000000001', 1e-29],
  ])('reads %s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('reads an empty field as NULL', () => {
    expect(read('')).toBeNaN();
  });

  it.each([
    '.',
    '.5',
    '0.12/4',
    '0.1234567:',
    '0.1234567\x7f',
    '0.\x001234567',
    '-',
    '+',
    '--1',
    '1-',
    '1.2.3',
    '1..2',
    ' 1',
    '1 ',
    '1e',
    'e5',
    '1e5.0',
    '1.e',
    '0x10',
    '1_000',
    'inf',
    'nan',
    'NaN',
    'Infinity',
    'None',
    '1/2',
    '1:2',
    '１',
    '1e999',
  ])('refuses %s', (text) => {
    expect(read(text)).toBe(MALFORMED);
  });

  it('reads the same where nothing stands before or behind', () => {
    fc.assert(
      fc.property(decimalText(12), fc.constantFrom('', 'x', 'e1', '.'), (text, more) => {
        const bytes = utf8(text + more);
        const alone = readSpan(new DataView(bytes.buffer), 0, bytes.length);
        expect(alone).toBe(read(text + more));
      }),
    );
  });

  it('reads any 15 digits, point or not, as Number does', () => {
    fc.assert(
      fc.property(decimalText(15), (text) => {
        expect(read(text)).toBe(Number(text));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readDecimal', () => {
  it('is within two units in the last place of Number for what prints a double', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), (value) => {
        const error = Math.abs(decimal(String(value)) - value);
        expect(error / value).toBeLessThanOrEqual(2 * Number.EPSILON);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readExactDecimal', () => {
  it('reads any finite double as it was before Python printed it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(exactDecimal(pythonFloat(value))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('readWhole', () => {
  it.each([
    ['0', 0],
    ['128', 128],
    ['00128', 128],
    ['128.0', 128],
    ['128.', 128],
    ['1.28e2', 128],
    ['999999999999999', 999_999_999_999_999],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('reads %s', (text, value) => {
    expect(whole(text)).toBe(value);
  });

  it('reads an empty field as NULL', () => {
    expect(whole('')).toBeNaN();
  });

  it.each(['-1', '1.5', '128.01', '9007199254740993', '1e300', 'many', '12x', ' 12', '1,000', '٣'])(
    'refuses %s',
    (text) => {
      expect(whole(text)).toBe(MALFORMED);
    },
  );

  it('reads the same where nothing stands before or behind', () => {
    for (const text of ['7', '42', '128', '2048', '16384', '12x', 'x1', '1.0']) {
      const bytes = utf8(text);
      expect(readWhole(new DataView(bytes.buffer), 0, bytes.length)).toBe(whole(text));
    }
  });

  it('refuses a number with any of its characters replaced', () => {
    for (const text of ['7', '42', '128', '2048', '16384']) {
      for (let at = 0; at < text.length; at++) {
        for (const other of ['/', ':', 'x', ' ', '\0', '\x7f', '\xff']) {
          expect(whole(text.slice(0, at) + other + text.slice(at + 1))).toBe(MALFORMED);
        }
      }
    }
  });

  it('reads any safe whole number, with and without an empty fraction', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom('', '.', '.0', '.00'), (value, fraction) => {
        expect(whole(`${value}${fraction}`)).toBe(value);
      }),
    );
  });
});

function decimal(text: string): number {
  const { view, start, end } = fieldBytes(text);
  return readDecimal(view, start, end);
}

function exactDecimal(text: string): number {
  const { view, start, end } = fieldBytes(text);
  return readExactDecimal(view, start, end);
}

function whole(text: string): number {
  const { view, start, end } = fieldBytes(text);
  return readWhole(view, start, end);
}
