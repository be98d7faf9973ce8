import type { SeededRandom } from '../random/seeded-random.ts';
import { WeightedChoice, zipfWeight } from '../random/weighted-choice.ts';
import { type JobNaming, makeJobNaming } from './job-name.ts';
import type { MachineProfile, QueueProfile } from './machine-profile.ts';
import type { Person } from './people.ts';
import {
  makeNodeShape,
  type NodeShape,
  type ResourceRequest,
  requestOf,
} from './resource-request.ts';

/** One kind of job that a person runs again and again. */
export interface Habit {
  readonly queue: QueueProfile;
  readonly account: string;
  readonly naming: JobNaming;
  readonly priority: string | null;
  readonly shape: NodeShape;
  readonly request: ResourceRequest;
  readonly walltimeSeconds: number;
  readonly medianElapsedSeconds: number;
  /** Standard deviation of the natural logarithm of the elapsed time. */
  readonly elapsedSpread: number;
  readonly failureShare: number;
  /** Of the CPUs and of the memory asked for, from 0 to 1. */
  readonly cpuUse: number;
  readonly memoryUse: number;
  /** Virtual memory per byte of resident memory. */
  readonly virtualFactor: number;
  /** Where many jobs at once are a job array, not a loop of single submissions. */
  readonly usesArrays: boolean;
}

const MAX_HABITS = 6;
const ONE_NODE_SHARE = 0.4;

/** A person's habits on one machine; the first is the daily bread. */
export function makeHabits(
  random: SeededRandom,
  machine: MachineProfile,
  person: Person,
): WeightedChoice<Habit> {
  const queues = new WeightedChoice(machine.queues, (queue) => queue.weight);
  const favourite = queues.draw(random);
  const habits = Array.from({ length: random.between(1, MAX_HABITS) }, () =>
    makeHabit(random, machine, person, random.chance(0.6) ? favourite : queues.draw(random)),
  );
  return new WeightedChoice(habits, zipfWeight);
}

/**
 * Much work fits on one node; the rest follows Pareto's law with exponent 1: one draw in n is n or more.
 * What the queue does not allow is cut down, to its most nodes or to a single one.
 */
export function heavyTailedNodes(random: SeededRandom, maxNodes: number): number {
  if (random.chance(ONE_NODE_SHARE)) return 1;
  const nodes = Math.floor(1 / (1 - random.unit()));
  return nodes <= maxNodes ? nodes : random.pick([1, maxNodes]);
}

function makeHabit(
  random: SeededRandom,
  machine: MachineProfile,
  person: Person,
  queue: QueueProfile,
): Habit {
  const shape = makeNodeShape(random, queue);
  const walltimeSeconds = 60 * random.pick(queue.walltimeMinutes);
  const { jobName } = queue;
  return {
    queue,
    account: random.pick(person.accounts),
    naming: jobName === undefined ? makeJobNaming(random, machine.longNameShare) : () => jobName,
    priority: machine.hasPriority ? makePriority(random, queue) : null,
    shape,
    request: requestOf(shape, heavyTailedNodes(random, queue.maxNodes)),
    walltimeSeconds,
    medianElapsedSeconds: walltimeSeconds * Math.min(0.7, random.logNormal(0.12, 1.3)),
    elapsedSpread: 0.1 + 0.6 * random.unit(),
    failureShare: 0.06 * random.unit(),
    cpuUse: random.chance(0.6) ? 0.85 + 0.14 * random.unit() : 0.02 + 0.8 * random.unit(),
    memoryUse: random.chance(0.1) ? 1 : Math.min(0.95, random.logNormal(0.2, 0.9)),
    virtualFactor: random.logNormal(0.8, 0.8),
    usesArrays: random.chance(machine.arrayShare),
  };
}

function makePriority(random: SeededRandom, queue: QueueProfile): string {
  if (queue.isForDevelopment === true) return 'none';
  return random.pick(['regular', 'regular', 'regular', 'economy', 'economy', 'premium']);
}
