import { beforeAll, describe, expect, it } from 'vitest';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { handLedger, rounded, tableBy } from '../../support/hand-ledger.ts';

const HOURS = ['cpu_hours', 'gpu_hours', 'memory_hours'];
const CHARGES = ['cpu_charges', 'gpu_charges', 'memory_charges'];
/** What there is in a day: of CPU nodes, and of GPU nodes. */
const CORE_HOURS = 2488 * 128 * 24;
const GPU_HOURS = 82 * 4 * 24;

let ledger: ExampleLedger;
beforeAll(async () => {
  ledger = await handLedger();
  return () => ledger[Symbol.dispose]();
});

describe('jobs day by day, worked out by hand', () => {
  it('usage-history: days begin and end with the site, one without jobs is all zeroes', () => {
    const days = { from: '2026-01-14', to: '2026-01-17' };
    expect(tableBy(ledger, 'usage-history', days)).toEqual([
      ['day', 'jobs', 'users', 'accounts', ...HOURS, ...CHARGES],
      ['2026-01-14', 0, 0, 0, 0, 0, 0, 0, 0, 0],
      ['2026-01-15', 3, 2, 1, 324, 2.5, 8.5, 432.8, 1.9, 9.3],
      ['2026-01-16', 5, 5, 4, 1280, 0, 130, 256, 0, 2],
      ['2026-01-17', 1, 1, 1, 128, 0, 1, 128, 0, 1],
    ]);
  });

  it('resource-history', () => {
    const parts = ['users', 'accounts', 'jobs', 'hours', 'utilisation'];
    expect(tableBy(ledger, 'resource-history')).toEqual([
      [
        ...['day', 'jobs', 'users', 'accounts'],
        ...['cpu', 'gpu'].flatMap((resource) => parts.map((part) => `${resource}_${part}`)),
        'other_jobs',
      ],
      ...rounded([
        [
          ...['2026-01-15', 3, 2, 1],
          ...[1, 1, 1, 256, 256 / CORE_HOURS],
          ...[2, 1, 2, 2.5, 2.5 / GPU_HOURS],
          0,
        ],
        [...['2026-01-16', 5, 5, 4], ...[3, 3, 3, 128, 128 / CORE_HOURS], ...[0, 0, 0, 0, 0], 2],
      ]),
    ]);
  });

  it('jobs-per-user and jobs-per-account: so many of the largest in each day', () => {
    expect(tableBy(ledger, 'jobs-per-user')).toEqual([
      ['day', 'user', 'jobs'],
      ['2026-01-15', 'ada', 2],
      ['2026-01-15', 'bob', 1],
      ...['ada', 'bob', 'cat', 'dan', 'eve'].map((user) => ['2026-01-16', user, 1]),
    ]);
    expect(tableBy(ledger, 'jobs-per-account', { top: 2 })).toEqual([
      ['day', 'account', 'jobs'],
      ['2026-01-15', 'A1', 3],
      ['2026-01-16', 'B2', 2],
      ['2026-01-16', 'A1', 1],
    ]);
    expect(tableBy(ledger, 'jobs-per-account').slice(4)).toEqual([
      ['2026-01-16', 'C3', 1],
      ['2026-01-16', 'none', 1],
    ]);
  });

  it('user-turnover: newest users first, gone are those without a job on the last day of the ledger', () => {
    const table = [
      ['user', 'first_day', 'last_day', 'new', 'gone', 'jobs'],
      ['fay', '2026-01-17', '2026-01-17', 'yes', 'no', 1],
      ['cat', '2026-01-16', '2026-01-16', 'yes', 'yes', 1],
      ['dan', '2026-01-16', '2026-01-16', 'yes', 'yes', 1],
      ['eve', '2026-01-16', '2026-01-16', 'yes', 'yes', 1],
      ['ada', '2026-01-15', '2026-01-16', 'no', 'yes', 1],
      ['bob', '2026-01-15', '2026-01-16', 'no', 'yes', 1],
    ];
    const days = { from: '2026-01-16', to: '2026-01-17' };
    expect(tableBy(ledger, 'user-turnover', days)).toEqual(table);
    expect(tableBy(ledger, 'user-turnover', { ...days, top: 2 })).toEqual(table.slice(0, 3));
    // Who comes again after the window is not gone.
    const first = { from: '2026-01-15', to: '2026-01-15' };
    expect(tableBy(ledger, 'user-turnover', first).slice(1)).toEqual([
      ['ada', '2026-01-15', '2026-01-16', 'yes', 'no', 2],
      ['bob', '2026-01-15', '2026-01-16', 'yes', 'no', 1],
    ]);
  });

  it('daily-summary: a line for each user, account and queue of a day', () => {
    expect(tableBy(ledger, 'daily-summary')).toEqual([
      ['date', 'user', 'account', 'queue', 'jobs', ...HOURS, ...CHARGES],
      ['2026-01-15', 'ada', 'A1', 'cpu', 1, 256, 0, 4, 384, 0, 6],
      ['2026-01-15', 'ada', 'A1', 'gpu', 1, 64, 2, 4, 44.8, 1.4, 2.8],
      ['2026-01-15', 'bob', 'A1', 'gpudev', 1, 4, 0.5, 0.5, 4, 0.5, 0.5],
      ['2026-01-16', 'ada', 'A1', 'cpu', 1, 0, 0, 0, 0, 0, 0],
      ['2026-01-16', 'bob', 'B2', 'jhublogin', 1, 1024, 0, 128, 0, 0, 0],
      ['2026-01-16', 'cat', 'B2', 'share', 1, 128, 0, 1, 128, 0, 1],
      ['2026-01-16', 'dan', 'C3', 'cpudev', 1, 128, 0, 1, 128, 0, 1],
      ['2026-01-16', 'eve', 'none', 'cpu', 1, 0, 0, 0, 0, 0, 0],
    ]);
  });
});
