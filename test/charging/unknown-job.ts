import type { ChargedJob } from '../../src/charging/charged-job.ts';

/** A job of which nothing is known that need not be. */
export const UNKNOWN_JOB: ChargedJob = {
  user: 'ada',
  account: 'none',
  cpuType: null,
  gpuType: null,
  priority: null,
  endDay: 20_000,
  elapsedSeconds: Number.NaN,
  numcpus: Number.NaN,
  numgpus: Number.NaN,
  numnodes: Number.NaN,
  cputimeSeconds: Number.NaN,
  memoryBytes: Number.NaN,
  reqmemBytes: Number.NaN,
};
