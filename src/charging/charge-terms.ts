import { INCOMPLETE } from '../job/job-batch.ts';
import type { ChargedJob, JobCharge } from './charged-job.ts';
import type { ChargeRule, CpuRule } from './rule-set.ts';

const HOUR_SECONDS = 3600;
const GIB_BYTES = 2 ** 30;

/**
 * How one rule charges, with a place for all that a rule may leave out. It is read for every job, so it is plain
 * flags and numbers: the words of a rule would be compared letter by letter.
 */
export interface ChargeTerms {
  readonly cpu: CountTerms;
  readonly gpu: CountTerms;
  readonly chargesCpuTime: boolean;
  readonly chargesMemory: boolean;
  readonly memoryAsUsed: boolean;
  /** Whether the elapsed time is charged as it is and hours weigh 1, as almost everywhere. */
  readonly plain: boolean;
  readonly minimumSeconds: number;
  readonly roundUpSeconds: number;
  readonly cpuWeight: number;
  readonly gpuWeight: number;
  readonly memoryWeight: number;
}

interface CountTerms {
  readonly charges: boolean;
  readonly byNode: boolean;
  readonly countPerNode: number;
}

export function chargeTerms(rule: ChargeRule): ChargeTerms {
  const { cpu, gpu, memory, minimumSeconds = 0, roundUpSeconds = 0, weights } = rule;
  return {
    cpu: countTerms(cpu),
    gpu: countTerms(gpu),
    chargesCpuTime: cpu.per === 'used',
    chargesMemory: memory !== 'none',
    memoryAsUsed: memory === 'used',
    plain: minimumSeconds === 0 && roundUpSeconds === 0 && weights === undefined,
    minimumSeconds,
    roundUpSeconds,
    cpuWeight: weights?.cpu ?? 1,
    gpuWeight: weights?.gpu ?? 1,
    memoryWeight: weights?.memory ?? 1,
  };
}

function countTerms(rule: CpuRule): CountTerms {
  return {
    charges: rule.per !== 'none',
    byNode: rule.per === 'node',
    countPerNode: rule.per === 'node' ? rule.count : 0,
  };
}

/**
 * Charges a job: hours are 0 and marked incomplete where an input that the rule needs is NaN. It runs for every
 * job, so what few jobs need stands apart: the engine can then take the rest into the loop of the caller.
 */
export function chargeByTerms(terms: ChargeTerms, job: ChargedJob, qosCode: number): JobCharge {
  const { cpu, gpu, plain } = terms;
  const seconds = plain ? job.elapsedSeconds : chargedSeconds(terms, job.elapsedSeconds);
  const cpuHours = terms.chargesCpuTime
    ? job.cputimeSeconds / HOUR_SECONDS
    : countHours(cpu, job.numcpus, job, seconds);
  const gpuHours = countHours(gpu, job.numgpus, job, seconds);
  const memoryHours = memoryHoursOf(terms, job, seconds);
  const charge = { cpuHours, gpuHours, memoryHours, incomplete: 0, qosCode };
  const isDone = plain && !Number.isNaN(cpuHours + gpuHours + memoryHours);
  return isDone ? charge : weighedAndMarked(terms, charge);
}

/** The elapsed time that is charged: at least the minimum, then rounded up; NaN stays NaN. */
export function chargedSeconds(
  { minimumSeconds, roundUpSeconds }: ChargeTerms,
  elapsedSeconds: number,
): number {
  const seconds = Math.max(elapsedSeconds, minimumSeconds);
  return roundUpSeconds === 0 ? seconds : Math.ceil(seconds / roundUpSeconds) * roundUpSeconds;
}

function countHours(
  { charges, byNode, countPerNode }: CountTerms,
  allocated: number,
  job: ChargedJob,
  seconds: number,
): number {
  if (!charges) return 0;
  return ((byNode ? job.numnodes * countPerNode : allocated) * seconds) / HOUR_SECONDS;
}

function memoryHoursOf(terms: ChargeTerms, job: ChargedJob, seconds: number): number {
  if (!terms.chargesMemory) return 0;
  const bytes = terms.memoryAsUsed ? job.memoryBytes : job.reqmemBytes;
  return ((bytes / GIB_BYTES) * seconds) / HOUR_SECONDS;
}

function weighedAndMarked(terms: ChargeTerms, charge: JobCharge): JobCharge {
  const { cpuHours, gpuHours, memoryHours, qosCode } = charge;
  return {
    cpuHours: zeroIfUnknown(cpuHours * terms.cpuWeight),
    gpuHours: zeroIfUnknown(gpuHours * terms.gpuWeight),
    memoryHours: zeroIfUnknown(memoryHours * terms.memoryWeight),
    incomplete:
      (Number.isNaN(cpuHours) ? INCOMPLETE.cpu : 0) |
      (Number.isNaN(gpuHours) ? INCOMPLETE.gpu : 0) |
      (Number.isNaN(memoryHours) ? INCOMPLETE.memory : 0),
    qosCode,
  };
}

function zeroIfUnknown(hours: number): number {
  return Number.isNaN(hours) ? 0 : hours;
}
