import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentDigest } from '../../src/ledger/content-digest.ts';

describe('the digest of rows', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (rows) => {
        expect(digestOf([...rows].sort())).toBe(digestOf(rows));
        expect(digestOf([...rows].reverse())).toBe(digestOf(rows));
      }),
    );
  });

  it('is that of their hashes added up as numbers of 256 bits', () => {
    const row = fc.string({ maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.array(row, { maxLength: 40 }), (a, b) => {
        const same = a.length === b.length && sumOf(a) === sumOf(b);
        expect(digestOf(a) === digestOf(b)).toBe(same);
      }),
    );
    expect(wordsOf(sumOf(['a', 'b', 'b']))).toEqual(wordsOf(sumOf(['b', 'a', 'b'])));
    const rows = Array.from({ length: 300 }, (_, i) => String(i));
    const expected = createHash('sha256')
      .update(JSON.stringify(['rows', rows.length, wordsOf(sumOf(rows))]))
      .digest('hex');
    expect(digestOf(rows)).toBe(expected);
  });

  it('counts a row that is there twice', () => {
    const digests = [[], ['a'], ['a', 'a'], ['b', 'b'], ['a', 'a', 'a']].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('says what the rows are', () => {
    expect(new ContentDigest().hex('jobs')).not.toBe(new ContentDigest().hex('charges'));
  });
});

function digestOf(rows: readonly string[]): string {
  const digest = new ContentDigest();
  for (const row of rows) digest.add(Buffer.from(row));
  return digest.hex('rows');
}

function sumOf(rows: readonly string[]): bigint {
  const hashes = rows.map((row) => createHash('sha256').update(row).digest().reverse());
  return hashes.reduce((sum, hash) => sum + BigInt(`0x${hash.toString('hex')}`), 0n) % 2n ** 256n;
}

/** The lowest first. */
function wordsOf(sum: bigint): number[] {
  return Array.from({ length: 8 }, (_, i) => Number((sum >> BigInt(32 * i)) % 2n ** 32n));
}
