import type { MachineProfile } from './machine-profile.ts';

const CPU_NODE = { cores: [128, 128, 128, 64, 32], gpus: [0], memoryGb: [235, 64, 100, 230] };
const GPU_NODE = { cores: [64, 64, 32, 16, 4], gpus: [4, 4, 1, 2], memoryGb: [487, 480, 240, 120] };
const SHARED_CPU = { cores: [2, 1, 128, 4, 16, 64], gpus: [0], memoryGb: [10, 16, 64, 100] };
const PRODUCTION_MINUTES = [
  720, 20, 60, 30, 720, 45, 120, 360, 25, 90, 240, 180, 55, 10, 15, 420, 600, 528, 75, 2,
];
const DEVELOPMENT_MINUTES = [30, 60, 20, 10, 30, 120, 15, 360];

/** A large machine for parallel work: whole nodes in production, shared ones for development. */
export const derecho: MachineProfile = {
  name: 'derecho',
  server: 'desched1',
  zone: 'America/Denver',
  firstJobNumber: 4_100_000,
  jobsPerDay: 5000,
  hasPriority: true,
  submissionSizes: [
    { jobs: 1, weight: 800 },
    { jobs: 2, weight: 70 },
    { jobs: 4, weight: 50 },
    { jobs: 10, weight: 45 },
    { jobs: 28, weight: 25 },
    { jobs: 80, weight: 8 },
    { jobs: 250, weight: 2 },
  ],
  arrayShare: 0.2,
  overheads: [
    { first: 5, last: 13, weight: 40 },
    { first: 22, last: 68, weight: 57 },
    { first: 69, last: 365, weight: 3 },
  ],
  sameVirtualMemoryShare: 0,
  longNameShare: 0.25,
  queues: [
    {
      ...CPU_NODE,
      name: 'cpu',
      weight: 58,
      maxNodes: 2048,
      walltimeMinutes: PRODUCTION_MINUTES,
      medianWaitSeconds: 190,
      waitSpread: 2.4,
      preemptTargets: 'QUEUE=pcpu',
    },
    {
      ...SHARED_CPU,
      name: 'cpudev',
      weight: 22,
      maxNodes: 2,
      walltimeMinutes: DEVELOPMENT_MINUTES,
      medianWaitSeconds: 45,
      waitSpread: 1.4,
      preemptTargets: 'None',
      isForDevelopment: true,
    },
    {
      ...GPU_NODE,
      name: 'gpu',
      weight: 10,
      maxNodes: 64,
      walltimeMinutes: PRODUCTION_MINUTES,
      medianWaitSeconds: 400,
      waitSpread: 2.2,
      preemptTargets: 'QUEUE=pgpu',
    },
    {
      ...GPU_NODE,
      name: 'gpudev',
      weight: 4,
      maxNodes: 2,
      walltimeMinutes: DEVELOPMENT_MINUTES,
      medianWaitSeconds: 40,
      waitSpread: 1.4,
      preemptTargets: 'None',
      isForDevelopment: true,
    },
    {
      ...CPU_NODE,
      name: 'pcpu',
      weight: 4,
      maxNodes: 128,
      walltimeMinutes: PRODUCTION_MINUTES,
      medianWaitSeconds: 900,
      waitSpread: 2.2,
      preemptTargets: 'None',
      isPreemptible: true,
    },
    {
      ...GPU_NODE,
      name: 'pgpu',
      weight: 1.2,
      maxNodes: 16,
      walltimeMinutes: PRODUCTION_MINUTES,
      medianWaitSeconds: 900,
      waitSpread: 2.2,
      preemptTargets: 'None',
      isPreemptible: true,
    },
    {
      ...CPU_NODE,
      name: 'main',
      weight: 0.8,
      maxNodes: 16,
      walltimeMinutes: PRODUCTION_MINUTES,
      medianWaitSeconds: 190,
      waitSpread: 2,
      preemptTargets: null,
    },
  ],
};
