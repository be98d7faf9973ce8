import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowBytes, type RowValue } from '../../src/ledger/row-bytes.ts';

describe('the bytes of a row', () => {
  it('are the same just for the same row', () => {
    // Few values, so that rows are often nearly the same.
    const value = fc.oneof(
      fc.constantFrom<RowValue>(
        null,
        0,
        -0,
        1,
        0.1,
        2 ** 53 - 1,
        '',
        '0',
        'a',
        'ab',
        '\0',
        'ü',
        '🚀',
      ),
      fc.double({ noNaN: true }),
      fc.string({ unit: 'binary' }),
    );
    const row = fc.array(value, { maxLength: 4 });
    fc.assert(
      fc.property(row, row, (a, b) => {
        const same = a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
        expect(Buffer.compare(bytesOf(a), bytesOf(b)) === 0).toBe(same);
        expect(Buffer.compare(bytesOf(a), bytesOf([...a])) === 0).toBe(true);
      }),
    );
  });

  it.each([
    ['NULL and 0', [null], [0]],
    ['NULL and an empty text', [null], ['']],
    ['0 and its text', [0], ['0']],
    ['0 and an empty text', [0], ['']],
    ['neighbouring doubles', [0.1 + 0.2], [0.3]],
    ['columns with another border', ['ab', 'c'], ['a', 'bc']],
    ['values that changed places', ['a', null], [null, 'a']],
  ])('tell %s apart', (_, a, b) => {
    expect(bytesOf(a)).not.toEqual(bytesOf(b));
  });

  it('have room for any text, and for another row after it', () => {
    const bytes = new RowBytes();
    bytes.add(7);
    const length = bytes.length;
    bytes.add('ü'.repeat(100_000));
    expect(bytes.length).toBe(length + 5 + 200_000);
    bytes.truncate(length);
    expect(Buffer.from(bytes.bytes())).toEqual(bytesOf([7]));
  });
});

function bytesOf(row: readonly RowValue[]): Buffer {
  const bytes = new RowBytes();
  for (const value of row) bytes.add(value);
  return Buffer.from(bytes.bytes());
}
