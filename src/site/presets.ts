import type { ChargeRule, QosRules } from '../charging/rule-set.ts';
import type { Machine } from './machine.ts';
import type { Capacity } from './machine-facts.ts';

const TIME_ZONE = 'America/Denver';

const QOS: QosRules = {
  default: 'regular',
  factors: { premium: 1.5, regular: 1, economy: 0.7, special: 1, uncharged: 0 },
  queues: [{ queue: 'jhublogin', qos: 'uncharged' }],
};

const GIB = 2 ** 30;

/** By the first letters of the account; all that are left are NCAR's, also jobs without an account. */
const FACILITIES: Machine['facilities'] = [
  { account: 'U*', facility: 'UNIV' },
  { account: 'P35*', facility: 'UNIV' },
  { account: 'W*', facility: 'WNA' },
  { account: 'C*', facility: 'CSL' },
  { account: 'P933*', facility: 'CSL' },
  { account: 'S*', facility: 'CISL' },
  { account: '*', facility: 'NCAR' },
];

const GPU_TYPES: Machine['gpuTypes'] = [
  { queue: 'a100', type: 'a100' },
  { queue: 'h100', type: 'h100' },
  { queue: 'l40', type: 'l40' },
  { queue: 'nvgpu', type: 'v100' },
];

/** Nodes are charged whole in production queues (128 cores, 4 GPUs) and shared in development queues. */
const DERECHO_RULES: readonly ChargeRule[] = [
  {
    queues: ['*gpu*dev*', '*dev*gpu*'],
    cpu: { per: 'allocated' },
    gpu: { per: 'allocated' },
    memory: 'used',
  },
  { queues: ['*dev*'], cpu: { per: 'allocated' }, gpu: { per: 'none' }, memory: 'used' },
  {
    queues: ['*gpu*'],
    cpu: { per: 'node', count: 128 },
    gpu: { per: 'node', count: 4 },
    memory: 'used',
  },
  { queues: ['*'], cpu: { per: 'node', count: 128 }, gpu: { per: 'none' }, memory: 'used' },
];

const DERECHO_CPU: Capacity = {
  nodes: 2488,
  cores: 2488 * 128,
  gpus: null,
  memoryBytes: 2488 * 256 * GIB,
};
const DERECHO_GPU: Capacity = {
  nodes: 82,
  cores: 82 * 64,
  gpus: 82 * 4,
  memoryBytes: 82 * 512 * GIB,
};

const CASPER_RULES: readonly ChargeRule[] = [
  { queues: ['*'], cpu: { per: 'allocated' }, gpu: { per: 'allocated' }, memory: 'used' },
];

/** The machines that need no configuration; `qledger.toml` writes the same out as an example. */
export const PRESETS: readonly Machine[] = [
  {
    name: 'derecho',
    timeZone: TIME_ZONE,
    cpuType: 'milan',
    gpuTypes: GPU_TYPES,
    charging: { rules: DERECHO_RULES, qos: QOS },
    resources: {
      cpu: { queues: ['cpu', 'cpudev'], capacity: [DERECHO_CPU] },
      gpu: { queues: ['gpu', 'gpudev', 'pgpu'], capacity: [DERECHO_GPU] },
    },
    facilities: FACILITIES,
    budgets: [],
  },
  {
    name: 'casper',
    timeZone: TIME_ZONE,
    cpuType: null,
    gpuTypes: GPU_TYPES,
    charging: { rules: CASPER_RULES, qos: QOS },
    // Its nodes differ and change from year to year, so a capacity is left to the site.
    resources: {
      cpu: { queues: ['htc', 'gdex', 'largemem', 'vis', 'rda'], capacity: [] },
      gpu: { queues: ['nvgpu', 'gpgpu', 'a100', 'h100', 'l40', 'amdgpu'], capacity: [] },
    },
    facilities: FACILITIES,
    budgets: [],
  },
];
