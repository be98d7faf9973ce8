import type { MachineProfile, QueueProfile } from './machine-profile.ts';

const SHORT_MINUTES = [20, 30, 60, 120, 360, 720, 240, 1440];
const DAY_MINUTES = [360, 60, 720, 1440, 240, 120, 480];
const LONG_MINUTES = [720, 1440, 360];

const GPU_QUEUE = {
  maxNodes: 2,
  gpus: [1, 1, 1, 2, 4],
  walltimeMinutes: DAY_MINUTES,
  medianWaitSeconds: 240,
  waitSpread: 2.2,
  preemptTargets: null,
};
const ONE_NODE = {
  maxNodes: 1,
  gpus: [0],
  medianWaitSeconds: 2,
  waitSpread: 0.7,
  preemptTargets: null,
};

const QUEUES: readonly QueueProfile[] = [
  {
    ...ONE_NODE,
    name: 'htc',
    weight: 80,
    cores: [1, 1, 1, 4, 16, 10, 36, 2, 8],
    memoryGb: [10, 16, 20, 64, 100, 300],
    walltimeMinutes: SHORT_MINUTES,
  },
  {
    ...ONE_NODE,
    name: 'gdex',
    weight: 8,
    cores: [1, 1, 5],
    memoryGb: [1, 1, 4],
    walltimeMinutes: DAY_MINUTES,
  },
  {
    ...ONE_NODE,
    name: 'largemem',
    weight: 5,
    cores: [1, 36, 64],
    memoryGb: [300, 800, 500, 1400],
    cpuType: 'genoa',
    walltimeMinutes: LONG_MINUTES,
  },
  {
    ...ONE_NODE,
    name: 'cpu',
    weight: 6,
    maxNodes: 8,
    cores: [36, 4, 72, 128],
    memoryGb: [30, 360, 720],
    walltimeMinutes: DAY_MINUTES,
    medianWaitSeconds: 20,
    waitSpread: 1.6,
  },
  {
    ...ONE_NODE,
    name: 'jhublogin',
    weight: 5,
    cores: [1],
    memoryGb: [4, 8],
    walltimeMinutes: LONG_MINUTES,
    isInteractive: true,
    jobName: 'hub-login-session',
  },
  {
    ...ONE_NODE,
    name: 'rda',
    weight: 2,
    cores: [1, 2],
    memoryGb: [4, 20],
    walltimeMinutes: DAY_MINUTES,
  },
  {
    ...GPU_QUEUE,
    name: 'vis',
    weight: 4,
    cores: [4, 8, 2],
    memoryGb: [60, 100],
    gpuType: 'gp100',
    medianWaitSeconds: 6,
  },
  {
    ...GPU_QUEUE,
    name: 'gpgpu',
    weight: 4,
    cores: [4, 8, 18],
    memoryGb: [40, 100, 360],
    gpuType: 'v100',
  },
  { ...GPU_QUEUE, name: 'nvgpu', weight: 4, cores: [8, 36], memoryGb: [60, 360] },
  {
    ...GPU_QUEUE,
    name: 'a100',
    weight: 3,
    cores: [16, 64],
    memoryGb: [120, 470],
    gpuType: 'a100',
  },
  {
    ...GPU_QUEUE,
    name: 'h100',
    weight: 1.5,
    cores: [32, 128],
    memoryGb: [240, 960],
    gpuType: 'h100',
    medianWaitSeconds: 900,
  },
  { ...GPU_QUEUE, name: 'l40', weight: 2, cores: [8, 48], memoryGb: [60, 480], gpuType: 'l40' },
];

/** A smaller machine for analysis: many short jobs on parts of a node, and GPUs of several kinds. */
export const casper: MachineProfile = {
  name: 'casper',
  server: 'casper-pbs',
  zone: 'America/Denver',
  firstJobNumber: 1_040_000,
  jobsPerDay: 8000,
  hasPriority: false,
  submissionSizes: [
    { jobs: 1, weight: 700 },
    { jobs: 2, weight: 80 },
    { jobs: 4, weight: 80 },
    { jobs: 12, weight: 70 },
    { jobs: 30, weight: 45 },
    { jobs: 100, weight: 20 },
    { jobs: 300, weight: 5 },
  ],
  arrayShare: 0.25,
  overheads: [
    { first: 0, last: 1, weight: 4 },
    { first: 2, last: 4, weight: 84 },
    { first: 5, last: 11, weight: 12 },
  ],
  sameVirtualMemoryShare: 0.7,
  longNameShare: 0.08,
  queues: QUEUES,
  accounting: {
    routeQueue: 'cpu',
    nodePrefix: 'casper',
    nodes: 120,
    place: 'scatter',
    sharedPlace: 'free',
    hasEnergy: false,
    unusedResource: 'mps',
  },
};
