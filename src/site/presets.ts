import type { ChargeRule, QosRules } from '../charging/rule-set.ts';
import type { Machine } from './machine.ts';

const TIME_ZONE = 'America/Denver';

const QOS: QosRules = {
  default: 'regular',
  factors: { premium: 1.5, regular: 1, economy: 0.7, special: 1, uncharged: 0 },
  queues: [{ queue: 'jhublogin', qos: 'uncharged' }],
};

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
  },
  {
    name: 'casper',
    timeZone: TIME_ZONE,
    cpuType: null,
    gpuTypes: GPU_TYPES,
    charging: { rules: CASPER_RULES, qos: QOS },
  },
];
