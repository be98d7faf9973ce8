import type { JobFields } from './jobs-export.ts';

/** Jobs of a few days, users, accounts and queues, each another; the same number gives the same jobs. */
export function sameJobs(count: number): JobFields[] {
  return Array.from({ length: count }, (_, i) => ({
    'Job ID': `${100 + ((i * 37) % count)}.desched1`,
    User: ['ada', 'bob', 'çelik'][i % 3],
    Account: ['NUMB0001', ''][i % 2],
    Queue: ['cpu', 'gpu', 'cpudev'][i % 3],
    Priority: ['premium', 'economy', ''][(i * 7) % 3],
    'Job Name': i % 5 === 0 ? '' : `größe ${i}`,
    'Used Mem': i % 4 === 0 ? '' : '0.1',
    Elapsed: String((i + 1) / 7200),
    'Job End': `2026-01-${15 + (i % 4)} 12:00:00`,
  }));
}
