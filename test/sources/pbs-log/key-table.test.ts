import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from '../../../src/sources/pbs-log/key-table.ts';
import { RECORD_KEYS } from '../../../src/sources/pbs-log/record-keys.ts';
import { fieldBytes } from '../field-bytes.ts';

describe('KeyTable', () => {
  it('finds the place of each of its names', () => {
    const table = new KeyTable(RECORD_KEYS);
    expect(RECORD_KEYS.map((key) => find(table, key))).toEqual(RECORD_KEYS.map((_, i) => i));
  });

  it('does not find what is like a name', () => {
    const table = new KeyTable(RECORD_KEYS);
    for (const key of RECORD_KEYS) {
      const alike = [`${key}x`, `x${key}`, key.slice(1), key.slice(0, -1), key.toUpperCase()];
      expect(alike.map((text) => find(table, text))).toEqual([-1, -1, -1, -1, -1]);
    }
  });

  it('finds what any list holds and nothing else', () => {
    const anyName = fc.stringMatching(/^[a-c.]{1,4}$/);
    const anyNames = fc.uniqueArray(anyName, { minLength: 1, maxLength: 255 });
    fc.assert(
      fc.property(anyNames, fc.array(anyName), (names, others) => {
        const table = new KeyTable(names);
        for (const text of [...names, ...others]) {
          expect([text, find(table, text)]).toEqual([text, names.indexOf(text)]);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function find(table: KeyTable, text: string): number {
  const { bytes, start, end } = fieldBytes(text);
  return table.find(bytes, start, end);
}
