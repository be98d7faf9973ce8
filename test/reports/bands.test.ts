import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doublingsTo, wholeBands } from '../../src/reports/bands.ts';
import { fact } from '../../src/reports/facts/aggregate.ts';
import { byBand } from '../../src/reports/facts/grouping.ts';

const BANDS = wholeBands(doublingsTo(8), String);

/** The band that a number is put into; undefined for NULL. */
function bandOf(value: number): number | undefined {
  const into = new Int32Array(1);
  byBand(fact('numnodes'), BANDS).groupOf({ jobs: 1, of: () => Float64Array.of(value) }, into);
  return into[0] === BANDS.length ? undefined : into[0];
}

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

  it('end with the most that there is', () => {
    expect(doublingsTo(2488).slice(-2)).toEqual([2048, 2488]);
    expect(doublingsTo(1)).toEqual([1]);
  });

  it('give each value to the one whose bounds hold it, and what is not known to none', () => {
    expect(bandOf(Number.NaN)).toBeUndefined();
    fc.assert(
      fc.property(fc.nat(20), (value) => {
        const { min, max } = BANDS[bandOf(value) ?? -1];
        expect(value >= min && (max === null || value <= max)).toBe(true);
      }),
    );
  });
});
