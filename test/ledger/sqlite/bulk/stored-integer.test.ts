import { describe, expect, it } from 'vitest';
import { SqliteRecord } from '../../../../src/ledger/sqlite/bulk/record.ts';
import {
  integerBytes,
  integerType,
  writeStoredInteger,
} from '../../../../src/ledger/sqlite/bulk/stored-integer.ts';
import { EXTREME_INTEGERS } from './extreme-values.ts';

describe('a whole number as SQLite stores it', () => {
  it.each(EXTREME_INTEGERS)('is that of a record: %d', (value) => {
    const record = new SqliteRecord();
    record.integer(value);
    const whole = Buffer.alloc(record.size);
    record.copyTo(whole, 0);
    const type = integerType(value);
    const stored = Buffer.alloc(2 + integerBytes(type));
    stored[0] = 2;
    stored[1] = type;
    const view = new DataView(stored.buffer, stored.byteOffset, stored.length);
    expect(writeStoredInteger(view, 2, value, type)).toBe(stored.length);
    expect(stored).toEqual(whole);
  });
});
