import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandSql, powersOfTwo, wholeBands } from '../../src/reports/bands.ts';

const BANDS = wholeBands(powersOfTwo(8), String);

describe('bands of whole numbers', () => {
  it('begin with 0 alone, follow each other without a gap, and are open at the top', () => {
    expect(BANDS).toEqual([
      { label: '0', min: 0, max: 0 },
      { label: '1', min: 1, max: 1 },
      { label: '2', min: 2, max: 2 },
      { label: '3-4', min: 3, max: 4 },
      { label: '5-8', min: 5, max: 8 },
      { label: '> 8', min: 9, max: null },
    ]);
  });

  it('give each value to the one whose bounds hold it, and what is not known to none', () => {
    using db = { sqlite: new Database(':memory:'), [Symbol.dispose]: () => db.sqlite.close() };
    const band = db.sqlite.prepare<[number | null], number>(
      `SELECT ${bandSql('v', BANDS)} FROM (SELECT ? AS v)`,
    );
    band.pluck();
    expect(band.get(null)).toBe(-1);
    fc.assert(
      fc.property(fc.nat(20), (value) => {
        const { min, max } = BANDS[Number(band.get(value))];
        expect(value >= min && (max === null || value <= max)).toBe(true);
      }),
    );
  });
});
