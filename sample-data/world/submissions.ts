import type { ZoneClock } from '../../src/site/zone-clock.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import { WeightedChoice, zipfWeight } from '../random/weighted-choice.ts';
import { type Habit, makeHabits } from './habit.ts';
import type { MachineProfile } from './machine-profile.ts';
import type { Person } from './people.ts';
import { submissionRhythm } from './submission-rhythm.ts';

/** One act of submission: a job, a loop of jobs, or an array. */
export interface Submission {
  readonly person: Person;
  readonly habit: Habit;
  /** Epoch seconds of each job, ascending; the jobs of an array share one. */
  readonly submits: readonly number[];
  readonly isArray: boolean;
}

const DAY_SECONDS = 86_400;
/** A loop submits as fast as the scheduler answers. */
const LOOP_STEP_SECONDS = 0.7;

export interface SubmissionsRequest {
  readonly random: SeededRandom;
  readonly machine: MachineProfile;
  /** The busiest first. */
  readonly people: readonly Person[];
  readonly clock: ZoneClock;
  /** The mean over whole weeks. */
  readonly jobsPerDay: number;
  /** Epoch seconds. */
  readonly firstSecond: number;
}

/** Submissions without end, in order of time. */
export function* submissions(request: SubmissionsRequest): Generator<Submission, never> {
  const { random, machine, people, clock, jobsPerDay, firstSecond } = request;
  const users = people.map((person) => ({ person, habits: makeHabits(random, machine, person) }));
  const user = new WeightedChoice(users, zipfWeight);
  const size = new WeightedChoice(machine.submissionSizes, ({ weight }) => weight);
  const jobGapSeconds = DAY_SECONDS / jobsPerDay;
  const meanSize = size.mean(({ jobs }) => jobs);
  const gapSeconds =
    jobGapSeconds *
    user.mean(({ habits }) => habits.mean((habit) => (isSingle(habit) ? 1 : meanSize)));
  // On a very busy machine a loop must not take longer than its share of the day.
  const loopStep = Math.min(LOOP_STEP_SECONDS, jobGapSeconds / 4);

  for (let moment = firstSecond; ; ) {
    const { person, habits } = user.draw(random);
    const habit = habits.draw(random);
    const jobs = isSingle(habit) ? 1 : size.draw(random).jobs;
    const isArray = jobs > 1 && habit.usesArrays;
    const step = isArray ? 0 : loopStep;
    const submits = Array.from({ length: jobs }, (_, index) => Math.floor(moment + index * step));
    yield { person, habit, submits, isArray };
    const gap = (humanGap(random) * gapSeconds) / submissionRhythm(clock, moment);
    moment += Math.max(gap, (jobs - 1) * step);
  }
}

/** Nobody opens a hundred sessions at once. */
function isSingle({ queue }: Habit): boolean {
  return queue.isInteractive === true;
}

/** Many short gaps and the rare long one, 1 on average: the mean of a uniform number's cube is 1/4. */
function humanGap(random: SeededRandom): number {
  const unit = random.unit();
  return 4 * unit * unit * unit;
}
