import type { JobFields } from './jobs-export.ts';

const SERVER = 'desched1';

/**
 * Five jobs of two days whose charges can be worked out in the head. Their hours on derecho, which charges
 * whole nodes outside the development queues, and on casper, which charges what was allocated:
 *
 * | Job | Elapsed | derecho CPU | GPU | casper CPU | GPU | GiB-hours | Factor |
 * | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
 * | 101 | 1.5 h | 2 nodes: 384 | 0 | 72 CPUs: 108 | 0 | 6 | 1.5 |
 * | 102 | 0.5 h | 1 node: 64 | 4 GPUs: 2 | 64 CPUs: 32 | 4 GPUs: 2 | 5 | 0.7 |
 * | 103[7] | 0.25 h | 16 CPUs: 4 | 2 GPUs: 0.5 | 4 | 0.5 | 2 | 1 |
 * | 104 | 2 h | 2 CPUs: 4 | 0 | 4 | 0 | 2 | 1 |
 * | 105 | 1 h | 1 node: 128 | 0 | 1 CPU: 1 | 0 | 0.5 | 0 |
 */
export const EXAMPLE_JOBS: readonly JobFields[] = [
  {
    'Job ID': `101.${SERVER}`,
    User: 'ada',
    Account: 'NUMB0001',
    Queue: 'cpu',
    Priority: 'premium',
    Nodes: '2',
    NCPUs: '72',
    NGPUs: '0',
    Elapsed: '1.5',
    'Used Mem': '4.0',
    'Job Start': '2026-01-15 10:00:00',
    'Job End': '2026-01-15 11:30:00',
  },
  {
    'Job ID': `102.${SERVER}`,
    User: 'bob',
    Account: 'NUMB0002',
    Queue: 'gpu',
    Priority: 'economy',
    Nodes: '1',
    NCPUs: '64',
    NGPUs: '4',
    Elapsed: '0.5',
    'Used Mem': '10.0',
    'Job Start': '2026-01-15 10:00:00',
    'Job End': '2026-01-15 10:30:00',
  },
  {
    'Job ID': `103[7].${SERVER}`,
    User: 'ada',
    Account: 'NUMB0001',
    Queue: 'gpudev',
    Priority: 'regular',
    Nodes: '1',
    NCPUs: '16',
    NGPUs: '2',
    Elapsed: '0.25',
    'Used Mem': '8.0',
    'Job Start': '2026-01-15 10:00:00',
    'Job End': '2026-01-15 10:15:00',
  },
  {
    'Job ID': `104.${SERVER}`,
    User: 'ada',
    Account: '',
    Queue: 'cpudev',
    Priority: '',
    Nodes: '1',
    NCPUs: '2',
    NGPUs: '0',
    Elapsed: '2.0',
    'Used Mem': '1.0',
    'Job Start': '2026-01-16 10:00:00',
    'Job End': '2026-01-16 12:00:00',
  },
  {
    'Job ID': `105.${SERVER}`,
    User: 'carl',
    Account: 'NUMB0002',
    Queue: 'jhublogin',
    Priority: 'premium',
    Nodes: '1',
    NCPUs: '1',
    NGPUs: '0',
    Elapsed: '1.0',
    'Used Mem': '0.5',
    'Job Start': '2026-01-16 10:00:00',
    'Job End': '2026-01-16 11:00:00',
  },
];
