import { describe, expect, it } from 'vitest';
import { allocations } from '../../../src/reports/definitions/allocations.ts';
import type { Budget } from '../../../src/site/machine-facts.ts';
import { NO_FACTS } from '../../../src/site/machine-facts.ts';
import { type ExampleLedger, exampleLedger } from '../../support/example-ledger.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { tableOf } from '../../support/table-of.ts';

function ask(
  ledger: ExampleLedger,
  budgets: readonly Budget[],
  { from = '2026-01-15', to = '2026-01-16', top = null as number | null, facts = DERECHO } = {},
) {
  const site = { ...facts, budgets };
  return ledger.ask((db) => allocations.answer(db, { from, to, period: 'day', top, site }));
}

const DERECHO = { ...NO_FACTS, resources: presetMachine('derecho').resources };

function budget(account: string, cpuHours: number | null, days = {}): Budget {
  return { account, cpuHours, gpuHours: null, ...days };
}

describe('allocations', () => {
  it('tell what each account has used of its budget and has left, most used up first', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, [
      { account: 'NUMB0002', cpuHours: 100, gpuHours: 10 },
      { account: 'NUMB0001', cpuHours: 1152, gpuHours: null, from: '2026-01-01', to: '2026-12-31' },
    ]);
    expect(tableOf(report)).toEqual([
      {
        account: 'NUMB0001',
        cpu_allocated: 1152,
        cpu_used: 576,
        cpu_remaining: 576,
        cpu_used_share: 0.5,
        gpu_allocated: null,
        gpu_used: null,
        gpu_remaining: null,
        gpu_used_share: null,
        budget_from: '2026-01-01',
        budget_to: '2026-12-31',
        as_of: '2026-01-16',
      },
      {
        account: 'NUMB0002',
        cpu_allocated: 100,
        // The CPU hours of its GPU job are no use of CPU nodes, and jhublogin is charged nothing.
        cpu_used: 0,
        cpu_remaining: 100,
        cpu_used_share: 0,
        gpu_allocated: 10,
        gpu_used: expect.closeTo(1.4, 9),
        gpu_remaining: expect.closeTo(8.6, 9),
        gpu_used_share: expect.closeTo(0.14, 9),
        budget_from: null,
        budget_to: null,
        as_of: '2026-01-16',
      },
    ]);
    expect(report.notes).toEqual([
      'What was used is counted from the first day of each budget, not of the window.',
    ]);
  });

  it('count from the first day of a budget to the last of the window', async () => {
    using ledger = await exampleLedger();
    const used = (days: object, window: object) =>
      tableOf(ask(ledger, [budget('NUMB0001', 1000, days)], window), 'cpu_used', 'as_of');
    const all = { cpu_used: 576, as_of: '2026-01-16' };
    expect(used({}, { from: '2026-01-16' })).toEqual([all]);
    expect(used({ from: '2026-01-15' }, {})).toEqual([all]);
    expect(used({ from: '2026-01-16' }, {})).toEqual([{ ...all, cpu_used: 0 }]);
    expect(used({}, { to: '2026-01-15' })).toEqual([{ ...all, as_of: '2026-01-15' }]);
    // A window that ends after the ledger does is known up to the end of the ledger.
    expect(used({}, { to: '2026-01-31' })).toEqual([all]);
    expect(used({}, { from: '2020-01-01', to: '2020-01-31' })).toEqual([
      { cpu_used: 0, as_of: '2020-01-31' },
    ]);
  });

  it('leave out budgets that are not in force, and say so', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, [
      budget('NUMB0001', 1, { to: '2026-01-15' }),
      budget('NUMB0001', 2, { from: '2026-01-16', to: '2026-01-16' }),
      budget('NUMB0001', 3, { from: '2026-01-17' }),
    ]);
    expect(tableOf(report, 'account', 'cpu_allocated')).toEqual([
      { account: 'NUMB0001', cpu_allocated: 2 },
    ]);
    expect(report.notes).toEqual(['Budgets that are not in force on 2026-01-16 and not shown: 2.']);
  });

  it('have 0 used of an account without jobs, more than all of one that overran', async () => {
    using ledger = await exampleLedger();
    const report = ask(ledger, [
      budget('Zero', 0),
      budget('Idle', 10),
      budget('NUMB0001', 288),
      budget('none', 0),
    ]);
    expect(tableOf(report, 'account', 'cpu_used', 'cpu_remaining', 'cpu_used_share')).toEqual([
      { account: 'none', cpu_used: 4, cpu_remaining: -4, cpu_used_share: null },
      { account: 'NUMB0001', cpu_used: 576, cpu_remaining: -288, cpu_used_share: 2 },
      { account: 'Idle', cpu_used: 0, cpu_remaining: 10, cpu_used_share: 0 },
      { account: 'Zero', cpu_used: 0, cpu_remaining: 0, cpu_used_share: null },
    ]);
    expect(report.notes.at(-1)).toBe('No job of the ledger is of Idle, Zero.');
    expect(ask(ledger, [budget('Idle', 1), budget('none', 1)], { top: 1 }).rows).toHaveLength(1);
  });

  it('count what queues of neither resource charge', async () => {
    using ledger = await exampleLedger();
    const budgets = [{ account: 'NUMB0002', cpuHours: 100, gpuHours: 100 }];
    const report = ask(ledger, budgets, { facts: NO_FACTS });
    expect(tableOf(report, 'cpu_used', 'gpu_used')).toEqual([
      { cpu_used: expect.closeTo(44.8, 9), gpu_used: expect.closeTo(1.4, 9) },
    ]);
  });

  it('are none where no budget is configured', async () => {
    using ledger = await exampleLedger();
    expect(ask(ledger, [])).toMatchObject({
      rows: [],
      notes: ['The configuration has no budgets.'],
    });
  });
});
