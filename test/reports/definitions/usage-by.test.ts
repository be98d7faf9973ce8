import { beforeAll, describe, expect, it } from 'vitest';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { answerOf, BOTH_DAYS, handLedger, rounded, tableBy } from '../../support/hand-ledger.ts';

const HOURS = ['cpu_hours', 'gpu_hours', 'memory_hours'];
const CHARGES = ['cpu_charges', 'gpu_charges', 'memory_charges'];
const SHARES = ['cpu_share', 'gpu_share'];
const USED = ['jobs', ...HOURS, ...CHARGES, ...SHARES];
/** All CPU hours of the window; of GPUs they are 2.5. */
const ALL = 1604;

let ledger: ExampleLedger;
beforeAll(async () => {
  ledger = await handLedger();
  return () => ledger[Symbol.dispose]();
});

describe('what was used, worked out by hand', () => {
  it('by user: equal charges in the order of names', () => {
    expect(tableBy(ledger, 'usage-by-user')).toEqual([
      ['user', ...USED],
      ...rounded([
        ['ada', 3, 320, 2, 8, 428.8, 1.4, 8.8, 320 / ALL, 0.8],
        ['cat', 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
        ['dan', 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
        ['bob', 2, 1028, 0.5, 128.5, 4, 0.5, 0.5, 1028 / ALL, 0.2],
        ['eve', 1, 0, 0, 0, 0, 0, 0, 0, 0],
      ]),
    ]);
  });

  it('by account, and so many of the largest with their shares of all', () => {
    const table = [
      ['account', ...USED],
      ...rounded([
        ['A1', 4, 324, 2.5, 8.5, 432.8, 1.9, 9.3, 324 / ALL, 1],
        ['B2', 2, 1152, 0, 129, 128, 0, 1, 1152 / ALL, 0],
        ['C3', 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
        ['none', 1, 0, 0, 0, 0, 0, 0, 0, 0],
      ]),
    ];
    expect(tableBy(ledger, 'usage-by-account')).toEqual(table);
    expect(tableBy(ledger, 'usage-by-account', { top: 2 })).toEqual(table.slice(0, 3));
  });

  it('by queue', () => {
    expect(tableBy(ledger, 'usage-by-queue')).toEqual([
      ['queue', ...USED],
      ...rounded([
        ['cpu', 3, 256, 0, 4, 384, 0, 6, 256 / ALL, 0],
        ['cpudev', 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
        ['share', 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
        ['gpu', 1, 64, 2, 4, 44.8, 1.4, 2.8, 64 / ALL, 0.8],
        ['gpudev', 1, 4, 0.5, 0.5, 4, 0.5, 0.5, 4 / ALL, 0.2],
        ['jhublogin', 1, 1024, 0, 128, 0, 0, 0, 1024 / ALL, 0],
      ]),
    ]);
  });

  it('by facility: A1, B2 and no account are of NCAR, C3 is of CSL', () => {
    expect(tableBy(ledger, 'usage-by-facility')).toEqual([
      ['facility', 'accounts', 'users', ...USED],
      ...rounded([
        ['NCAR', 3, 4, 7, 1476, 2.5, 137.5, 560.8, 1.9, 10.3, 1476 / ALL, 1],
        ['CSL', 1, 1, 1, 128, 0, 1, 128, 0, 1, 128 / ALL, 0],
      ]),
    ]);
  });

  it('by resource: utilisation is of the 48 hours of all cores, or of all GPUs', () => {
    expect(tableBy(ledger, 'usage-by-resource')).toEqual([
      ['resource', 'users', 'accounts', ...USED, 'utilisation'],
      ...rounded([
        ['cpu', 3, 3, 4, 384, 0, 5, 512, 0, 7, 384 / ALL, 0, 384 / (2488 * 128 * 48)],
        ['gpu', 2, 1, 2, 68, 2.5, 4.5, 48.8, 1.9, 3.3, 68 / ALL, 1, 2.5 / (82 * 4 * 48)],
        ['other', 2, 1, 2, 1152, 0, 129, 128, 0, 1, 1152 / ALL, 0, null],
      ]),
    ]);
    expect(answerOf(ledger, 'usage-by-resource').notes).toEqual([
      'Jobs of the queues jhublogin, share are other: the configuration has them neither as CPU nor as GPU queues.',
      '1 job has an incomplete charge: their source does not say how many CPUs, GPUs or nodes or how much memory they used, and those hours count as 0.',
    ]);
  });

  it('of budgets: equal shares in the order of accounts, and nothing of a resource without one', () => {
    const budgets = [
      { account: 'C3', cpuHours: 256, gpuHours: null },
      { account: 'A1', cpuHours: 768, gpuHours: 3.8 },
      { account: 'B2', cpuHours: 100, gpuHours: 0 },
    ];
    const parts = ['allocated', 'used', 'remaining', 'used_share'];
    expect(tableBy(ledger, 'allocations', { site: { ...BOTH_DAYS.site, budgets } })).toEqual([
      [
        'account',
        ...['cpu', 'gpu'].flatMap((resource) => parts.map((part) => `${resource}_${part}`)),
        ...['budget_from', 'budget_to', 'as_of'],
      ],
      ['B2', 100, 128, -28, 1.28, 0, 0, 0, null, null, null, '2026-01-16'],
      // The CPU charge of its job on GPUs is no use of CPU nodes.
      ['A1', 768, 384, 384, 0.5, 3.8, 1.9, 1.9, 0.5, null, null, '2026-01-16'],
      ['C3', 256, 128, 128, 0.5, null, null, null, null, null, null, '2026-01-16'],
    ]);
  });
});
