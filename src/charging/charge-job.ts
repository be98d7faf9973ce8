import { INCOMPLETE } from '../job/job-batch.ts';
import type { QueueCharge } from './compile-charging.ts';

/** What a charge depends on besides the rules of the queue; NaN is not known. */
export interface ChargedQuantities {
  readonly elapsedSeconds: number;
  readonly numcpus: number;
  readonly numgpus: number;
  readonly numnodes: number;
  readonly memoryBytes: number;
  readonly reqmemBytes: number;
}

/** Hours before the QoS factor, and which of them are 0 because an input is not known. */
export interface JobCharge {
  readonly cpuHours: number;
  readonly gpuHours: number;
  readonly memoryHours: number;
  /** A sum of INCOMPLETE flags. */
  readonly incomplete: number;
}

/** Charges one job by the rules of its queue. */
export function chargeJob(charge: QueueCharge, job: ChargedQuantities): JobCharge {
  const { elapsedSeconds, numnodes } = job;
  const cpuHours = charge.cpuHours(job.numcpus, numnodes, elapsedSeconds);
  const gpuHours = charge.gpuHours(job.numgpus, numnodes, elapsedSeconds);
  const memoryHours = charge.memoryHours(job.memoryBytes, job.reqmemBytes, elapsedSeconds);
  return {
    cpuHours: zeroIfUnknown(cpuHours),
    gpuHours: zeroIfUnknown(gpuHours),
    memoryHours: zeroIfUnknown(memoryHours),
    incomplete:
      (Number.isNaN(cpuHours) ? INCOMPLETE.cpu : 0) |
      (Number.isNaN(gpuHours) ? INCOMPLETE.gpu : 0) |
      (Number.isNaN(memoryHours) ? INCOMPLETE.memory : 0),
  };
}

function zeroIfUnknown(hours: number): number {
  return Number.isNaN(hours) ? 0 : hours;
}
