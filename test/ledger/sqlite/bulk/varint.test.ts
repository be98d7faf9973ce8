import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { varintLength, writeVarint } from '../../../../src/ledger/sqlite/bulk/varint.ts';
import { queryColumn } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { EXTREME_COUNTS } from './extreme-values.ts';
import { storedFaults } from './stored-rows.ts';
import { readVarint } from './table-payloads.ts';
import { writeTableFile } from './write-table-file.ts';

/** Where one byte more is needed, the longest being that of 2^53 - 1. */
const LIMITS = [7, 14, 21, 28, 35, 42, 49].map((bits) => 2 ** bits);

const VALUES = [
  ...new Set([...EXTREME_COUNTS, ...LIMITS.flatMap((limit) => [limit - 1, limit, limit + 1])]),
].sort((a, b) => a - b);

describe('a varint', () => {
  it('is read back as what was written, from 0 to 2^53 - 1', () => {
    const value = fc.oneof(fc.maxSafeNat(), fc.constantFrom(...VALUES));
    fc.assert(fc.property(value, fc.nat(5), expectReadBack));
    for (const limit of VALUES) expectReadBack(limit, 0);
  });

  it('is as long as it must be', () => {
    for (const [i, limit] of LIMITS.entries()) {
      expect([varintLength(limit - 1), varintLength(limit)]).toEqual([i + 1, i + 2]);
    }
    expect([0, 1, Number.MAX_SAFE_INTEGER].map(varintLength)).toEqual([1, 1, 8]);
  });

  it('is what SQLite takes for the row ids of a table', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const rows = VALUES.map((value) => [value]);
    writeTableFile(path, 512, { columns: ['INTEGER'], rowIds: VALUES, rows });
    expect(queryColumn(path, 'SELECT id FROM t WHERE id = c0 ORDER BY id')).toEqual(VALUES);
    for (const value of VALUES) {
      expect(queryColumn(path, `SELECT c0 FROM t WHERE id = ${value}`)).toEqual([value]);
    }
    expect(storedFaults(path)).toEqual([]);
  });
});

function expectReadBack(value: number, at: number): void {
  const target = new Uint8Array(20).fill(0xee);
  const end = writeVarint(target, at, value);
  expect(end - at).toBe(varintLength(value));
  expect(readVarint(target, at)).toEqual({ value, end });
  expect([target[at - 1] ?? 0xee, target[end]]).toEqual([0xee, 0xee]);
}
