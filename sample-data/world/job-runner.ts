import type { SeededRandom } from '../random/seeded-random.ts';
import { WeightedChoice } from '../random/weighted-choice.ts';
import type { SyntheticJob } from '../synthetic-job.ts';
import { type Habit, heavyTailedNodes } from './habit.ts';
import { nameBeyondAscii } from './job-name.ts';
import { jobOutcome } from './job-outcome.ts';
import { jobUsage } from './job-usage.ts';
import type { MachineProfile, SecondsRange } from './machine-profile.ts';
import { type ResourceRequest, requestOf } from './resource-request.ts';

/** What is known of a job when it is submitted. */
export interface SubmittedJob {
  readonly shortId: string;
  /** Its place in its loop, from 0. */
  readonly serial: number;
  readonly username: string;
  readonly habit: Habit;
  readonly submit: number;
}

const LONGEST_WAIT_SECONDS = 9 * 86_400;
const LONGEST_HOLD_SECONDS = 3 * 86_400;
const HELD_SHARE = 0.04;
const ODD_SIZE_SHARE = 0.08;
const RUN_AGAIN_SHARE = 0.001;
const PREEMPTED_SHARE = 0.15;
const WITHOUT_WALLTIME_SHARE = 0.002;
const WITHOUT_PRIORITY_SHARE = 0.003;
const BEYOND_ASCII_SHARE = 0.0003;
const IMPOSSIBLE_ELAPSED_SHARE = 0.00004;

/** Lets one machine run jobs: each waits, takes its time and ends in one way or another. */
export class JobRunner {
  readonly #random: SeededRandom;
  readonly #machine: MachineProfile;
  readonly #overhead: WeightedChoice<SecondsRange>;

  constructor(random: SeededRandom, machine: MachineProfile) {
    this.#random = random;
    this.#machine = machine;
    this.#overhead = new WeightedChoice(machine.overheads, ({ weight }) => weight);
  }

  run({ shortId, serial, username, habit, submit }: SubmittedJob): SyntheticJob {
    const random = this.#random;
    const machine = this.#machine;
    const { queue } = habit;
    const request = this.#request(habit);
    const outcome = jobOutcome(random, habit);
    const overhead = this.#overhead.draw(random);
    const eligible = submit + this.#holdSeconds();
    const start = eligible + this.#waitSeconds(habit);
    const end = start + outcome.elapsedSeconds + random.between(overhead.first, overhead.last);
    const usage = jobUsage(random, machine, habit, request, outcome);
    // The clocks of a node and of the server disagree at times: a job then took longer than it was there.
    const isImpossible = random.chance(IMPOSSIBLE_ELAPSED_SHARE);
    return {
      jobId: `${shortId}.${machine.server}`,
      shortId,
      name: random.chance(BEYOND_ASCII_SHARE) ? nameBeyondAscii(random) : habit.naming(serial),
      user: username,
      account: habit.account,
      queue: queue.name,
      priority: random.chance(WITHOUT_PRIORITY_SHARE) ? null : habit.priority,
      status: outcome.status,
      submit,
      eligible,
      start,
      end,
      elapsedSeconds: isImpossible ? end - start + 1 : outcome.elapsedSeconds,
      walltimeSeconds: random.chance(WITHOUT_WALLTIME_SHARE) ? null : habit.walltimeSeconds,
      runCount: this.#runCount(queue.isPreemptible === true),
      numcpus: request.numcpus,
      numgpus: request.numgpus,
      numnodes: request.numnodes,
      mpiprocs: request.mpiprocs,
      ompthreads: request.ompthreads,
      cpuType: request.cpuType,
      gpuType: request.gpuType,
      cpuPercent: usage.cpuPercent,
      cputimeSeconds: usage.cputimeSeconds,
      reqmemBytes: request.reqmemBytes,
      memoryBytes: usage.memoryBytes,
      vmemoryBytes: usage.vmemoryBytes,
      resources: request.resources,
      preemptTargets: queue.preemptTargets,
    };
  }

  /** Mostly the habitual size; parallel work is tried at other sizes now and then. */
  #request(habit: Habit): ResourceRequest {
    const { maxNodes } = habit.queue;
    if (maxNodes === 1 || !this.#random.chance(ODD_SIZE_SHARE)) return habit.request;
    return requestOf(habit.shape, heavyTailedNodes(this.#random, maxNodes));
  }

  /** Some jobs wait for another job or for a date before the scheduler may look at them. */
  #holdSeconds(): number {
    const random = this.#random;
    if (!random.chance(HELD_SHARE)) return 0;
    return Math.min(LONGEST_HOLD_SECONDS, Math.ceil(random.logNormal(600, 2.5)));
  }

  #waitSeconds({ queue }: Habit): number {
    const wait = this.#random.logNormal(queue.medianWaitSeconds, queue.waitSpread);
    return Math.min(LONGEST_WAIT_SECONDS, 1 + Math.floor(wait));
  }

  #runCount(isPreemptible: boolean): number {
    const random = this.#random;
    if (isPreemptible && random.chance(PREEMPTED_SHARE)) return random.between(2, 4);
    return random.chance(RUN_AGAIN_SHARE) ? 2 : 1;
  }
}
