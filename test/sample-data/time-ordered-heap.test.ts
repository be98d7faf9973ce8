import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeOrderedHeap } from '../../sample-data/time-ordered-heap.ts';

describe('TimeOrderedHeap', () => {
  it('gives things back by second, and those of one second in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), (seconds) => {
        const things = seconds.map((second, order) => ({ second, order }));
        const heap = new TimeOrderedHeap<{ second: number }>();
        for (const thing of things) heap.push(thing, thing.second, thing.order);
        const popped = seconds.map(() => heap.popDueBy(20));
        expect(popped).toEqual(things.toSorted((one, other) => one.second - other.second));
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('keeps what is not due yet', () => {
    const heap = new TimeOrderedHeap<string>();
    heap.push('later', 100, 0);
    expect(heap.popDueBy(99)).toBeUndefined();
    expect(heap.popDueBy(100)).toBe('later');
    expect(heap.popDueBy(1000)).toBeUndefined();
  });
});
