import { describe, expect, it } from 'vitest';
import { resourceHistory } from '../../../src/reports/definitions/resource-history.ts';
import type { Period } from '../../../src/reports/period.ts';
import { type MachineFacts, NO_FACTS } from '../../../src/site/machine-facts.ts';
import { EXAMPLE_JOBS } from '../../support/example-jobs.ts';
import { type ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { tableOf } from '../../support/table-of.ts';

function ask(
  ledger: ExampleLedger,
  site: MachineFacts,
  from = '2026-01-15',
  to = '2026-01-17',
  period: Period = 'day',
) {
  return ledger.ask((db) => resourceHistory.answer(db, { from, to, period, top: null, site }));
}

/** So many cores, of which each hour of a node takes 128. */
function withCores(cores: number, days = {}): MachineFacts {
  const capacity = [{ nodes: null, cores, gpus: null, memoryBytes: null, ...days }];
  const { resources } = presetMachine('derecho');
  return { ...NO_FACTS, resources: { ...resources, cpu: { ...resources.cpu, capacity } } };
}

describe('resource-history', () => {
  it('has who used which queues in each part of the window, also in those without jobs', async () => {
    using ledger = await exampleLedger();
    expect(tableOf(ask(ledger, presetMachine('derecho')))).toEqual([
      {
        day: '2026-01-15',
        jobs: 3,
        users: 2,
        accounts: 2,
        cpu_users: 1,
        cpu_accounts: 1,
        cpu_jobs: 1,
        cpu_hours: 384,
        cpu_utilisation: 384 / (318_464 * 24),
        gpu_users: 2,
        gpu_accounts: 2,
        gpu_jobs: 2,
        gpu_hours: 2.5,
        gpu_utilisation: 2.5 / (328 * 24),
        other_jobs: 0,
      },
      {
        day: '2026-01-16',
        jobs: 2,
        users: 2,
        accounts: 2,
        cpu_users: 1,
        cpu_accounts: 1,
        cpu_jobs: 1,
        cpu_hours: 4,
        cpu_utilisation: 4 / (318_464 * 24),
        gpu_users: 0,
        gpu_accounts: 0,
        gpu_jobs: 0,
        gpu_hours: 0,
        gpu_utilisation: 0,
        other_jobs: 1,
      },
      {
        day: '2026-01-17',
        jobs: 0,
        users: 0,
        accounts: 0,
        cpu_users: 0,
        cpu_accounts: 0,
        cpu_jobs: 0,
        cpu_hours: 0,
        cpu_utilisation: 0,
        gpu_users: 0,
        gpu_accounts: 0,
        gpu_jobs: 0,
        gpu_hours: 0,
        gpu_utilisation: 0,
        other_jobs: 0,
      },
    ]);
  });

  it('compares with the 23 hours of a spring day and the 25 of an autumn day', async () => {
    const ended = (id: string, day: string) => ({
      ...EXAMPLE_JOBS[0],
      'Job ID': `${id}.desched1`,
      Nodes: '1',
      Elapsed: '11.5',
      'Job Start': `${day} 05:00:00`,
      'Job End': `${day} 16:30:00`,
    });
    using ledger = await exampleLedger([ended('1', '2026-03-08'), ended('2', '2026-11-01')]);
    const used = (day: string) =>
      tableOf(ask(ledger, withCores(128), day, day), 'cpu_hours', 'cpu_utilisation');
    const hours = 11.5 * 128;
    expect(used('2026-03-08')).toEqual([{ cpu_hours: hours, cpu_utilisation: 0.5 }]);
    expect(used('2026-11-01')).toEqual([{ cpu_hours: hours, cpu_utilisation: 0.46 }]);
    expect(used('2026-03-09')).toEqual([{ cpu_hours: 0, cpu_utilisation: 0 }]);
  });

  it('knows no utilisation of a part that has a day without a capacity', async () => {
    using ledger = await exampleLedger();
    const site = withCores(128, { from: '2026-01-16' });
    expect(tableOf(ask(ledger, site), 'cpu_utilisation')).toEqual([
      { cpu_utilisation: null },
      { cpu_utilisation: 4 / (128 * 24) },
      { cpu_utilisation: 0 },
    ]);
    const month = ask(ledger, site, '2026-01-15', '2026-01-17', 'month');
    expect(tableOf(month, 'month', 'cpu_hours', 'cpu_utilisation')).toEqual([
      { month: '2026-01', cpu_hours: 388, cpu_utilisation: null },
    ]);
  });

  it('knows of no queue what is not configured', async () => {
    using ledger = await exampleLedger();
    const [first] = tableOf(ask(ledger, NO_FACTS));
    expect(first).toMatchObject({ jobs: 3, cpu_jobs: null, gpu_hours: null, other_jobs: 3 });
  });
});
