import { SeededRandom } from './random/seeded-random.ts';
import type { SyntheticJob } from './synthetic-job.ts';
import type { AccountingProfile, MachineProfile } from './world/machine-profile.ts';

/** What the scheduler's own records tell of a job and a CSV export does not. */
export interface AccountingDetails {
  /** Epoch seconds, from submission to eligible. */
  readonly queued: number;
  /** How long the scheduler could have started the job; NULL where it did not say. */
  readonly eligibleSeconds: number | null;
  readonly group: string;
  readonly session: number;
  /** Numbers of the nodes and of a node's cores, from which on the job has its own. */
  readonly firstNode: number;
  readonly firstCore: number;
  readonly wattsPerNode: number;
  /** When someone changed its priority while it waited, or told PBS to stop it; mostly nobody did. */
  readonly altered: number | null;
  readonly deleted: number | null;
  /** The run that was broken off to let others go first. */
  readonly brokenOffRun: BrokenOffRun | null;
}

/** Epoch seconds. */
export interface BrokenOffRun {
  readonly start: number;
  readonly end: number;
}

const GROUPS = ['staff', 'univ', 'univ', 'guest', 'ops'];
const SLOW_QUEUEING_SHARE = 0.02;
const WITHOUT_ELIGIBLE_TIME_SHARE = 0.01;
const ALTERED_SHARE = 0.03;
const CORES_PER_NODE = 128;
const KILLED_BY_SIGNAL_15 = '271';

/**
 * The job itself is the seed. So every format tells the same, whichever records it prints in which order, and
 * the streams from which the jobs come are not touched.
 */
export function accountingDetails(
  job: SyntheticJob,
  machine: MachineProfile,
  seed: number,
): AccountingDetails {
  const random = new SeededRandom(`accounting ${machine.name} ${seed} ${job.shortId}`);
  const delay = random.chance(SLOW_QUEUEING_SHARE) ? random.between(1, 8) : 0;
  const answer = random.between(1, 4);
  const isUntold = random.chance(WITHOUT_ELIGIBLE_TIME_SHARE);
  return {
    queued: Math.min(job.submit + delay, job.eligible),
    eligibleSeconds: isUntold ? null : job.start - job.eligible + answer,
    group: GROUPS[job.user.charCodeAt(1) % GROUPS.length],
    session: random.between(2000, 262_143),
    firstNode: random.between(1, machine.accounting.nodes),
    firstCore: random.below(Math.max(1, CORES_PER_NODE - job.numcpus)),
    wattsPerNode: random.between(180, 620),
    altered: random.chance(ALTERED_SHARE) ? random.between(job.eligible, job.start - 1) : null,
    deleted: deletion(job, random),
    brokenOffRun: brokenOffRun(job),
  };
}

/** Where the work lies, in the two ways in which PBS writes it down. */
export function executionPlaces(
  job: SyntheticJob,
  { firstNode, firstCore }: AccountingDetails,
  { nodePrefix, nodes }: AccountingProfile,
): { readonly hosts: string; readonly vnodes: string } {
  const cores = job.numcpus / job.numnodes;
  const gpus = job.numgpus / job.numnodes;
  const memory = `${job.reqmemBytes / job.numnodes / 1024}kb`;
  const width = String(nodes).length;
  const share = cores === 1 ? `${firstCore}` : `${firstCore}*${cores}`;
  let hosts = '';
  let vnodes = '';
  for (let i = 0; i < job.numnodes; i++) {
    const number = ((firstNode + i - 1) % nodes) + 1;
    const node = nodePrefix + String(number).padStart(width, '0');
    const plus = i === 0 ? '' : '+';
    hosts += `${plus}${node}/${share}`;
    vnodes += `${plus}(${node}:ncpus=${cores}:mem=${memory}:ngpus=${gpus})`;
  }
  return { hosts, vnodes };
}

function deletion(job: SyntheticJob, random: SeededRandom): number | null {
  const isAtWalltime = job.elapsedSeconds >= (job.walltimeSeconds ?? Number.POSITIVE_INFINITY);
  if (job.status !== KILLED_BY_SIGNAL_15 || isAtWalltime) return null;
  return Math.max(job.start, job.end - random.between(1, 9));
}

/** The middle third of the time in which it waited. */
function brokenOffRun({ runCount, eligible, start }: SyntheticJob): BrokenOffRun | null {
  const third = Math.floor((start - eligible) / 3);
  if (runCount === 1 || third === 0) return null;
  return { start: eligible + third, end: eligible + 2 * third };
}
