import { describe, expect, it } from 'vitest';
import { usageByResource } from '../../../src/reports/definitions/usage-by-resource.ts';
import { type MachineFacts, NO_FACTS } from '../../../src/site/machine-facts.ts';
import { type ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { tableOf } from '../../support/table-of.ts';

const DERECHO = presetMachine('derecho');

function ask(ledger: ExampleLedger, site: MachineFacts, from = '2026-01-15', to = '2026-01-16') {
  return ledger.ask((db) =>
    usageByResource.answer(db, { from, to, period: 'day', top: null, site }),
  );
}

describe('usage-by-resource', () => {
  it('has each job under the resource of its queue, and utilisation of its hours', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, DERECHO);
    expect(
      tableOf(report, 'resource', 'users', 'jobs', 'cpu_hours', 'gpu_hours', 'utilisation'),
    ).toEqual([
      {
        resource: 'cpu',
        users: 1,
        jobs: 2,
        cpu_hours: 388,
        gpu_hours: 0,
        utilisation: 388 / (2488 * 128 * 48),
      },
      {
        resource: 'gpu',
        users: 2,
        jobs: 2,
        cpu_hours: 68,
        gpu_hours: 2.5,
        utilisation: 2.5 / (82 * 4 * 48),
      },
      { resource: 'other', users: 1, jobs: 1, cpu_hours: 128, gpu_hours: 0, utilisation: null },
    ]);
    expect(tableOf(report, 'cpu_share', 'gpu_share')).toEqual([
      { cpu_share: 388 / 584, gpu_share: 0 },
      { cpu_share: 68 / 584, gpu_share: 1 },
      { cpu_share: 128 / 584, gpu_share: 0 },
    ]);
    expect(report.notes).toEqual([
      'Jobs of the queue jhublogin are other: the configuration has them neither as CPU nor as GPU queues.',
    ]);
  });

  it('names only queues that have jobs in the window, and has rows of zeroes without jobs', async () => {
    using ledger = await exampleLedger();
    expect(ask(ledger, DERECHO, '2026-01-15', '2026-01-15').notes).toEqual([]);
    const none = ask(ledger, DERECHO, '2030-01-01', '2030-01-01');
    expect(tableOf(none, 'resource', 'jobs', 'cpu_hours', 'cpu_share', 'utilisation')).toEqual([
      { resource: 'cpu', jobs: 0, cpu_hours: 0, cpu_share: null, utilisation: 0 },
      { resource: 'gpu', jobs: 0, cpu_hours: 0, cpu_share: null, utilisation: 0 },
      { resource: 'other', jobs: 0, cpu_hours: 0, cpu_share: null, utilisation: null },
    ]);
  });

  it('knows of no resource and no utilisation what is not configured', async () => {
    using ledger = await exampleLedger();
    const unknown = ask(ledger, NO_FACTS);
    expect(tableOf(unknown, 'resource', 'jobs', 'utilisation')).toEqual([
      { resource: 'other', jobs: 5, utilisation: null },
    ]);
    expect(unknown.notes).toEqual([
      'The configuration does not say which queues are of CPUs and which of GPUs: all count as other.',
    ]);
    const casper = ask(ledger, presetMachine('casper'));
    expect(tableOf(casper, 'resource', 'jobs', 'utilisation')).toEqual([
      { resource: 'cpu', jobs: 0, utilisation: null },
      { resource: 'gpu', jobs: 0, utilisation: null },
      { resource: 'other', jobs: 5, utilisation: null },
    ]);
  });
});
