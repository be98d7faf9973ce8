import { describe, expect, it } from 'vitest';
import { usageByFacility } from '../../../src/reports/definitions/usage-by-facility.ts';
import { type MachineFacts, NO_FACTS } from '../../../src/site/machine-facts.ts';
import { EXAMPLE_JOBS } from '../../support/example-jobs.ts';
import { type ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { tableOf } from '../../support/table-of.ts';

const LABS = [
  { account: 'NUMB0001', facility: 'East' },
  { account: 'NUMB*', facility: 'West' },
];

function ask(
  ledger: ExampleLedger,
  facilities: MachineFacts['facilities'],
  { from = '2026-01-15', to = '2026-01-16', top = null as number | null } = {},
) {
  const site = { ...NO_FACTS, facilities };
  return ledger.ask((db) => usageByFacility.answer(db, { from, to, period: 'day', top, site }));
}

describe('usage-by-facility', () => {
  it('adds up the accounts of each facility, those of none under other', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, LABS);
    expect(tableOf(report)).toEqual([
      {
        facility: 'East',
        accounts: 1,
        users: 1,
        jobs: 2,
        cpu_hours: 388,
        gpu_hours: 0.5,
        memory_hours: 8,
        cpu_charges: 580,
        gpu_charges: 0.5,
        memory_charges: 11,
        cpu_share: 388 / 584,
        gpu_share: 0.2,
      },
      {
        facility: 'West',
        accounts: 1,
        users: 2,
        jobs: 2,
        cpu_hours: 192,
        gpu_hours: 2,
        memory_hours: 5.5,
        cpu_charges: expect.closeTo(44.8, 9),
        gpu_charges: expect.closeTo(1.4, 9),
        memory_charges: expect.closeTo(3.5, 9),
        cpu_share: 192 / 584,
        gpu_share: 0.8,
      },
      {
        facility: 'other',
        accounts: 1,
        users: 1,
        jobs: 1,
        cpu_hours: 4,
        gpu_hours: 0,
        memory_hours: 2,
        cpu_charges: 4,
        gpu_charges: 0,
        memory_charges: 2,
        cpu_share: 4 / 584,
        gpu_share: 0,
      },
    ]);
    expect(report.notes).toEqual([]);
  });

  it('counts a user of two accounts of a facility once', async () => {
    using ledger = await exampleLedger();
    const one = ask(ledger, [{ account: '*', facility: 'All' }]);
    expect(tableOf(one, 'facility', 'accounts', 'users', 'jobs')).toEqual([
      { facility: 'All', accounts: 3, users: 3, jobs: 5 },
    ]);
  });

  it('orders equal charges by name, and shares are of all rows, not of the top', async () => {
    const job = { ...EXAMPLE_JOBS[0], Account: 'B' };
    using ledger = await exampleLedger([job, { ...job, 'Job ID': '7.desched1', Account: 'A' }]);
    const facilities = [
      { account: 'A', facility: 'zeta' },
      { account: 'B', facility: 'alpha' },
    ];
    expect(ask(ledger, facilities).rows.map(([name]) => name)).toEqual(['alpha', 'zeta']);
    expect(tableOf(ask(ledger, facilities, { top: 1 }), 'facility', 'cpu_share')).toEqual([
      { facility: 'alpha', cpu_share: 0.5 },
    ]);
  });

  it('says that none are configured, and has no rows of a window without jobs', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, []);
    expect(tableOf(report, 'facility', 'jobs')).toEqual([{ facility: 'other', jobs: 5 }]);
    expect(report.notes).toEqual([
      'The configuration does not say which facility an account belongs to.',
    ]);
    expect(ask(ledger, LABS, { from: '2030-01-01', to: '2030-01-02' }).rows).toEqual([]);
  });
});
