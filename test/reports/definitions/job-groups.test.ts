import { beforeAll, describe, expect, it } from 'vitest';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { handLedger, rounded, tableBy } from '../../support/hand-ledger.ts';

const HOURS = ['cpu_hours', 'gpu_hours', 'memory_hours'];
const CHARGES = ['cpu_charges', 'gpu_charges', 'memory_charges'];
const USED = ['jobs', 'users', ...HOURS, ...CHARGES];
const EFFICIENCY = [
  ...['jobs', 'walltime_used', 'cpu_used', 'memory_used'],
  ...['idle_cpu_hours', 'unused_memory_hours'],
];

let ledger: ExampleLedger;
beforeAll(async () => {
  ledger = await handLedger();
  return () => ledger[Symbol.dispose]();
});

describe('jobs put together, worked out by hand', () => {
  it('usage-by-qos: most jobs first, equal ones in the order of names', () => {
    const table = [
      ['qos', ...USED],
      ['regular', 4, 4, 132, 0.5, 1.5, 132, 0.5, 1.5],
      ['economy', 1, 1, 64, 2, 4, 44.8, 1.4, 2.8],
      ['premium', 1, 1, 256, 0, 4, 384, 0, 6],
      ['special', 1, 1, 128, 0, 1, 128, 0, 1],
      ['uncharged', 1, 1, 1024, 0, 128, 0, 0, 0],
    ];
    expect(tableBy(ledger, 'usage-by-qos')).toEqual(table);
    expect(tableBy(ledger, 'usage-by-qos', { top: 3 })).toEqual(table.slice(0, 4));
  });

  it('exit-statuses: that of a job that does not say it is not known', () => {
    expect(tableBy(ledger, 'exit-statuses')).toEqual([
      ['exit_status', ...USED],
      ['0', 5, 3, 576, 2, 10, 684.8, 1.4, 10.8],
      ['1', 1, 1, 4, 0.5, 0.5, 4, 0.5, 0.5],
      ['271', 1, 1, 1024, 0, 128, 0, 0, 0],
      [null, 1, 1, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('queue-statistics: a job without a wait counts in no mean, one without run time in no factor', () => {
    expect(tableBy(ledger, 'queue-statistics')).toEqual([
      ['queue', 'jobs', 'without_wait', 'expansion_factor', 'mean_wait', 'mean_run'],
      ['cpu', 3, 1, 2, 1800, 1800],
      ['cpudev', 1, 0, 1.5, 1800, 3600],
      ['gpu', 1, 0, 1, 0, 1800],
      ['gpudev', 1, 1, null, null, 900],
      ['jhublogin', 1, 0, 1.25, 7200, 28_800],
      ['share', 1, 0, 1.5, 1800, 3600],
    ]);
  });

  it('efficiency-by-user: of one who says nothing nothing is known, also not what was idle', () => {
    expect(tableBy(ledger, 'efficiency-by-user')).toEqual([
      ['user', ...EFFICIENCY],
      ['ada', 3, 0.5, 0.5, 0.5, 144, 12],
      ['bob', 2, 0.66, 0.25, 0.25, 12, 384],
      ['cat', 1, 1, 1, 0.5, 0, 1],
      ['dan', 1, 1, 1, 0.5, 0, 1],
      ['eve', 1, null, null, null, null, null],
    ]);
  });

  it('efficiency-by-account', () => {
    expect(tableBy(ledger, 'efficiency-by-account')).toEqual([
      ['account', ...EFFICIENCY],
      ...rounded([
        ['A1', 4, 0.5, 0.5, 0.5, 144, 12],
        ['B2', 2, 9 / 13, 11 / 12, 17 / 66, 12, 385],
        ['C3', 1, 1, 1, 0.5, 0, 1],
        ['none', 1, null, null, null, null, null],
      ]),
    ]);
  });
});
