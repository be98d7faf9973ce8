import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../../../sample-data/random/seeded-random.ts';
import { SeenJobs } from '../../../../src/ledger/sqlite/bulk/seen-jobs.ts';
import { propertyRuns } from './property-runs.ts';

const MOST_32 = 2 ** 32 - 1;

describe('seen jobs', () => {
  const { numRuns, timeoutMs } = propertyRuns(200);

  it(
    'are never taken for new, however they hash',
    () => {
      const hash = fc.oneof(
        fc.constantFrom(0, 1, 2, 1023, 1024, 2 ** 31 - 1, 2 ** 31, MOST_32),
        fc.nat(3),
        fc.nat(MOST_32),
      );
      const jobs = fc.array(fc.tuple(hash, hash), { maxLength: 200, size: 'max' });
      fc.assert(
        fc.property(fc.nat(10), jobs, (expectedJobs, jobs) => {
          const seen = new SeenJobs(expectedJobs);
          const added = new Set<string>();
          for (const [first, second] of jobs) {
            const wasAdded = added.has(`${first} ${second}`);
            const maySeen = seen.add(first, second);
            expect(maySeen || !wasAdded).toBe(true);
            added.add(`${first} ${second}`);
          }
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it.each([0, 1000, 100_000, 1_000_000])(
    'are remembered all where %i were expected and 200,000 came',
    (expectedJobs) => {
      const seen = new SeenJobs(expectedJobs);
      const jobs = hashes('all', 200_000);
      let takenForSeen = 0;
      for (const [first, second] of jobs) if (seen.add(first, second)) takenForSeen++;
      // Each costs reading a chunk again.
      expect(takenForSeen).toBe(0);
      for (const [first, second] of jobs) {
        if (!seen.add(first, second)) expect([first, second]).toBe('seen');
      }
    },
  );

  it('are told apart where only one of their hashes is equal, most of the time', () => {
    const sameFirst = new SeenJobs(1000);
    const takenForSeen = hashes('first', 1000).filter(([, second]) => sameFirst.add(77, second));
    expect(takenForSeen).toEqual([]);
    const sameSecond = new SeenJobs(1000);
    const doubtful = hashes('second', 1000).filter(([first]) => sameSecond.add(first, 77));
    expect(doubtful.length).toBeLessThan(1000);
  });
});

/** Pairs of hashes that are all different. */
function hashes(seed: string, count: number): [number, number][] {
  const random = new SeededRandom(seed);
  const seconds = new Set<number>();
  while (seconds.size < count) seconds.add(random.next32());
  return [...seconds].map((second) => [random.next32(), second]);
}
