import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampledIds } from '../../../src/upkeep/verify/sampled-ids.ts';

const QUESTION = fc
  .record({
    first: fc.integer({ min: 1, max: 1e9 }),
    length: fc.integer({ min: 1, max: 1e9 }),
    count: fc.integer({ min: 1, max: 200 }),
    seed: fc.nat(),
  })
  .filter(({ length, count }) => count <= length);

describe('sampled ids', () => {
  it('are so many, one from each equal part of the range, and the same for the same seed', () => {
    fc.assert(
      fc.property(QUESTION, ({ first, length, count, seed }) => {
        const last = first + length - 1;
        const ids = [...sampledIds(first, last, count, seed)];
        expect(ids).toHaveLength(count);
        for (const [part, id] of ids.entries()) {
          expect(id).toBeGreaterThanOrEqual(first + Math.floor((part * length) / count));
          expect(id).toBeLessThanOrEqual(first + Math.ceil(((part + 1) * length) / count));
          expect(id).toBeLessThanOrEqual(last);
        }
        expect([...sampledIds(first, last, count, seed)]).toEqual(ids);
      }),
    );
  });

  it('are others for another seed', () => {
    const ids = [1, 2, 3].map((seed) => [...sampledIds(1, 5_000_000, 100, seed)].join());
    expect(new Set(ids).size).toBe(3);
  });
});
