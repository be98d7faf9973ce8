import { median } from '../rounds.ts';

/** How long a question takes, in milliseconds. */
export interface Timing {
  /** The first time, when the pages that it reads were not mapped yet. */
  readonly first: number;
  /** Medians of all times after it. */
  readonly wall: number;
  /** Of all threads of this process. */
  readonly cpu: number;
}

/**
 * Asks a question once, and then as often as is wanted.
 * @param runs 0 where the first time has to do, because it takes long.
 */
export async function timed<T>(
  ask: () => T | Promise<T>,
  runs: number,
): Promise<{ answer: T; timing: Timing }> {
  const first = await once(ask);
  const others: Once<T>[] = [];
  for (let run = 0; run < runs; run++) others.push(await once(ask));
  const counted = runs === 0 ? [first] : others;
  const timing = {
    first: first.wall,
    wall: median(counted.map(({ wall }) => wall)),
    cpu: median(counted.map(({ cpu }) => cpu)),
  };
  return { answer: first.answer, timing };
}

interface Once<T> {
  readonly answer: T;
  readonly wall: number;
  readonly cpu: number;
}

async function once<T>(ask: () => T | Promise<T>): Promise<Once<T>> {
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const answer = await ask();
  const wall = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { answer, wall, cpu: (user + system) / 1000 };
}
