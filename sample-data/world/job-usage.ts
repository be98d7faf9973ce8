import type { SeededRandom } from '../random/seeded-random.ts';
import type { Habit } from './habit.ts';
import type { JobOutcome } from './job-outcome.ts';
import type { MachineProfile } from './machine-profile.ts';
import type { ResourceRequest } from './resource-request.ts';

/** What a run used; all NULL where its node went down before it could tell. */
export interface JobUsage {
  readonly cpuPercent: number | null;
  readonly cputimeSeconds: number | null;
  readonly memoryBytes: number | null;
  readonly vmemoryBytes: number | null;
}

const KIBIBYTE = 1024;
const LOST_SHARE = 0.0002;
const NOTHING_KNOWN: JobUsage = {
  cpuPercent: null,
  cputimeSeconds: null,
  memoryBytes: null,
  vmemoryBytes: null,
};

/** Never more CPU time than the CPUs had, never more memory than was asked for; memory in whole kB. */
export function jobUsage(
  random: SeededRandom,
  machine: MachineProfile,
  habit: Habit,
  request: ResourceRequest,
  outcome: JobOutcome,
): JobUsage {
  if (random.chance(LOST_SHARE)) return NOTHING_KNOWN;
  const share = outcome.isStillborn ? random.unit() * random.unit() : 1;
  const cpuUse = Math.min(0.9999, habit.cpuUse * share * (1 + 0.03 * random.normal()));
  const cpuPercent = Math.floor(100 * request.numcpus * Math.max(0, cpuUse));
  const cpuSeconds = (cpuPercent / 100) * outcome.elapsedSeconds;
  const memoryUse = Math.min(1, habit.memoryUse * share * random.logNormal(1, 0.15));
  const memoryKb = Math.floor((request.reqmemBytes / KIBIBYTE) * memoryUse);
  const isSame = random.chance(machine.sameVirtualMemoryShare);
  const virtualFactor = isSame ? 1 : habit.virtualFactor * random.logNormal(1, 0.1);
  return {
    cpuPercent,
    cputimeSeconds: Math.floor(cpuSeconds * (1 - 0.03 * random.unit())),
    memoryBytes: memoryKb * KIBIBYTE,
    vmemoryBytes: Math.floor(memoryKb * virtualFactor) * KIBIBYTE,
  };
}
