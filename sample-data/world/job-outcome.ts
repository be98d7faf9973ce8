import type { SeededRandom } from '../random/seeded-random.ts';
import type { Habit } from './habit.ts';

/** How a run ended and how long it took. */
export interface JobOutcome {
  readonly status: string;
  readonly elapsedSeconds: number;
  /** Where the job failed before its work began. */
  readonly isStillborn: boolean;
}

const EARLY_STATUSES = ['1', '1', '1', '1', '1', '2', '127'];
/** By the kernel for want of memory, by the scheduler, by the user: 256 and up are signals seen by PBS. */
const KILLED_STATUSES = ['137', '143', '265', '271', '271'];
const KILLED_SHARE = 0.012;
const LATE_FAILURE_SHARE = 0.008;
/** PBS looks after the walltime now and then, so that some jobs get a few seconds more than they asked for. */
const LONGEST_OVERRUN_SECONDS = 29;

/** A run lasts at most its walltime, plus what the scheduler takes to notice. */
export function jobOutcome(random: SeededRandom, habit: Habit): JobOutcome {
  if (random.chance(habit.failureShare)) {
    const elapsedSeconds = Math.min(
      habit.walltimeSeconds - 1,
      Math.floor(random.logNormal(6, 1.2)),
    );
    return { status: random.pick(EARLY_STATUSES), elapsedSeconds, isStillborn: true };
  }
  const wanted = random.logNormal(habit.medianElapsedSeconds, habit.elapsedSpread);
  if (wanted >= habit.walltimeSeconds) {
    const overrun = random.chance(0.5) ? random.between(1, LONGEST_OVERRUN_SECONDS) : 0;
    const status = random.chance(0.75) ? '-29' : '271';
    return { status, elapsedSeconds: habit.walltimeSeconds + overrun, isStillborn: false };
  }
  if (random.chance(KILLED_SHARE)) {
    const elapsedSeconds = Math.floor(wanted * random.unit());
    return { status: random.pick(KILLED_STATUSES), elapsedSeconds, isStillborn: false };
  }
  const status = random.chance(LATE_FAILURE_SHARE) ? '1' : '0';
  return { status, elapsedSeconds: Math.floor(wanted), isStillborn: false };
}
