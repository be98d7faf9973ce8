import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonFloat } from '../../../sample-data/python-float.ts';
import { MALFORMED } from '../../../src/sources/fields/malformed.ts';
import { readMemorySize } from '../../../src/sources/fields/memory-size.ts';
import { MEMORY_UNITS } from '../../../src/sources/qhist-csv/labels.ts';
import { fieldBytes } from '../field-bytes.ts';

const KIB = MEMORY_UNITS.KB;
const GIB = MEMORY_UNITS.GB;
const TIB = MEMORY_UNITS.TB;

describe('a memory size as a count of a unit', () => {
  it.each([
    ['27.74930191040039', GIB, 29_795_586_048],
    ['0.0341033935546875', GIB, 36_618_240],
    ['9.5367431640625e-07', GIB, 1024],
    ['235.0', GIB, 252_329_328_640],
    ['0.0', GIB, 0],
    ['1', MEMORY_UNITS.B, 1],
    ['1.5', MEMORY_UNITS.KB, 1536],
    ['1.5', MEMORY_UNITS.MB, 1_572_864],
    ['1.5', TIB, 1_649_267_441_664],
  ])('%s x %d bytes', (text, unit, bytes) => {
    expect(memorySize(text, unit)).toBe(bytes);
  });

  it('leads back to any whole number of kB up to 10 TB that was printed in GB', () => {
    const anyKibibytes = fc.oneof(
      fc.integer({ min: 0, max: (10 * TIB) / KIB }),
      fc.integer({ min: 0, max: 5000 }),
    );
    fc.assert(
      fc.property(anyKibibytes, (kibibytes) => {
        const bytes = kibibytes * KIB;
        expect(memorySize(pythonFloat(bytes / GIB))).toBe(bytes);
        expect(memorySize(String(bytes / GIB))).toBe(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('leads back to any whole number of bytes up to 10 TB in any unit', () => {
    const anyUnit = fc.constantFrom(...Object.values(MEMORY_UNITS));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * TIB }), anyUnit, (bytes, unit) => {
        expect(memorySize(pythonFloat(bytes / unit), unit)).toBe(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('is rounded as it is written, with however many digits', () => {
    const anyDigits = (most: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most });
    const anyUnit = fc.constantFrom(...Object.values(MEMORY_UNITS));
    fc.assert(
      fc.property(anyDigits(8), anyDigits(22), anyUnit, (whole, fraction, unit) => {
        const digits = BigInt([...whole, ...fraction].join(''));
        const one = 10n ** BigInt(fraction.length);
        const bytes = Number((2n * digits * BigInt(unit) + one) / (2n * one));
        fc.pre(Number.isSafeInteger(bytes));
        expect(memorySize(`${whole.join('')}.${fraction.join('')}`, unit)).toBe(bytes);
      }),
      { numRuns: 5000 },
    );
  });

  it('is NULL where the field is empty', () => {
    expect(memorySize('')).toBeNaN();
  });
});

describe('a memory size with a suffix', () => {
  it.each([
    ['0kb', 0],
    ['0b', 0],
    ['512b', 512],
    ['35760kb', 36_618_240],
    ['35760KB', 36_618_240],
    ['200mb', 209_715_200],
    ['16GB', 17_179_869_184],
    ['16g', 17_179_869_184],
    ['12.27M', 12_866_028],
    ['2tb', 2_199_023_255_552],
    ['1pb', 1_125_899_906_842_624],
  ])('%s is %d bytes, whatever the unit of the column', (text, bytes) => {
    for (const unit of Object.values(MEMORY_UNITS)) expect(memorySize(text, unit)).toBe(bytes);
  });

  it('leads back to any whole number of any suffix up to 8 PB', () => {
    const anySuffix = fc.constantFrom(
      { suffix: 'b', scale: 1 },
      { suffix: 'kb', scale: KIB },
      { suffix: 'mb', scale: MEMORY_UNITS.MB },
      { suffix: 'gb', scale: GIB },
      { suffix: 'tb', scale: TIB },
    );
    fc.assert(
      fc.property(anySuffix, fc.nat(8191), ({ suffix, scale }, count) => {
        expect(memorySize(`${count}${suffix}`)).toBe(count * scale);
      }),
    );
  });
});

describe('what is no memory size', () => {
  it.each([
    '-1',
    '-1kb',
    '-0.5',
    '1 gb',
    'kb',
    'gb16',
    '16gib',
    '16xb',
    '1.kb',
    '.5gb',
    '1e3kb',
    'lots',
    '1,5',
  ])('%s', (text) => {
    expect(memorySize(text)).toBe(MALFORMED);
  });

  it.each(['1e200', '99999999999999999999', '99999999999pb'])(
    '%s, more than whole bytes can count',
    (text) => {
      expect(memorySize(text)).toBe(MALFORMED);
    },
  );
});

function memorySize(text: string, bytesPerUnit: number = GIB): number {
  const { view, start, end } = fieldBytes(text);
  return readMemorySize(view, start, end, bytesPerUnit);
}
