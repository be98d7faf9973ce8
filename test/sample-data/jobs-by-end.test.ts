import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobsByEnd } from '../../sample-data/jobs-by-end.ts';
import { exampleJob } from './example-job.ts';

describe('JobsByEnd', () => {
  it('gives jobs back by end, and those of one second in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), (ends) => {
        const jobs = ends.map((end, index) => exampleJob({ end, shortId: String(index) }));
        const heap = new JobsByEnd();
        for (const job of jobs) heap.push(job);
        const popped = ends.map(() => heap.popEndedBy(20));
        expect(popped).toEqual(jobs.toSorted((one, other) => one.end - other.end));
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('keeps what has not ended yet', () => {
    const heap = new JobsByEnd();
    heap.push(exampleJob({ end: 100 }));
    expect(heap.popEndedBy(99)).toBeUndefined();
    expect(heap.popEndedBy(100)?.end).toBe(100);
    expect(heap.popEndedBy(1000)).toBeUndefined();
  });
});
