import { describe, expect, it } from 'vitest';
import { boundsUpTo } from '../../src/reports/bounds-up-to.ts';

describe('boundsUpTo', () => {
  it('ends with the most there can be', () => {
    expect(boundsUpTo(2488, [1, 1024, 2048, 4096])).toEqual([1, 1024, 2048, 2488]);
    expect(boundsUpTo(2048, [1, 1024, 2048, 4096])).toEqual([1, 1024, 2048]);
    expect(boundsUpTo(5000, [1, 4096])).toEqual([1, 4096, 5000]);
    expect(boundsUpTo(1, [1, 2])).toEqual([1]);
  });

  it('leaves the bounds as they are where that is not known', () => {
    expect(boundsUpTo(null, [1, 2])).toEqual([1, 2]);
  });
});
