import { copyFileSync, renameSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { previewRecharge } from '../../pipelines/preview-recharge.ts';
import type { CountRule } from '../../src/charging/rule-set.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { derechoWith } from '../support/other-rules.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { queryLedger } from '../support/query-ledger.ts';
import { rechargeLedger } from '../support/recharge-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { ledgerOf } from './ledger-of.ts';

describe('a preview', () => {
  const amount = fc.constantFrom(0, 1, 7.3, 64, 128);
  const change = fc.record({
    cpu: fc.oneof(
      amount.map((count): CountRule => (count === 0 ? { per: 'none' } : { per: 'node', count })),
      fc.constant<CountRule>({ per: 'allocated' }),
    ),
    memory: fc.constantFrom('used' as const, 'requested' as const, 'none' as const),
    premium: amount,
    range: fc.record(
      {
        from: fc.constantFrom('2026-01-15', '2026-01-17'),
        to: fc.constantFrom('2026-01-17', '2026-01-18'),
        queue: fc.constantFrom('*', 'cpu*', 'gpu'),
        account: fc.constantFrom('NUMB*', 'none'),
      },
      { requiredKeys: [] },
    ),
  });

  it('is to the last digit what the recharge then does, and writes nothing', async () => {
    using folder = new TempFolder();
    const original = await ledgerOf(folder, 'original.db', sameJobs(90));
    const digest = ledgerDigestOf(original);
    const ledger = folder.file('ledger.db');
    await fc.assert(
      fc.asyncProperty(change, async ({ cpu, memory, premium, range }) => {
        copyFileSync(original, ledger);
        const { rules, qos } = presetMachine('derecho').charging;
        const [, , ...rest] = rules;
        const machine = derechoWith({
          rules: [{ queues: ['cpu*', 'gpu'], cpu, gpu: { per: 'allocated' }, memory }, ...rest],
          qos: { ...qos, factors: { ...qos.factors, premium } },
        });
        const request = { ledgerPath: ledger, machine, range, workers: { threads: 1 } };
        const { chargeVersion, seconds, ...preview } = await previewRecharge(request);
        expect(ledgerDigestOf(ledger)).toEqual(digest);
        const result = await rechargeLedger(ledger, { ...request, idsAtOnce: 25 });
        expect(result).toMatchObject(preview);
        expect(chargeVersion).toBe(result.chargeVersion === 1 ? 1 : null);
        expect(ledgerFaults(ledger)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('has no answer where the ledger is replaced meanwhile', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const other = await ledgerOf(folder, 'other.db', EXAMPLE_JOBS.slice(1));
    const request = { ledgerPath: ledger, machine: presetMachine('derecho') };
    const answer = previewRecharge({ ...request, workers: { threads: 1 } }, () =>
      renameSync(other, ledger),
    );
    expect(await failureOf(answer)).toMatchObject({ code: 'busy' });
  });

  it('adds up to what the summary has before and after', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const before = chargesOf(ledger);
    const { accounts } = await rechargeLedger(ledger);
    expect(chargesOf(ledger)).not.toEqual(before);
    for (const { name, cpuCharges } of accounts) {
      expect(cpuCharges.before).toBe(before.get(name));
      expect(cpuCharges.after).toBe(chargesOf(ledger).get(name));
    }
  });
});

function chargesOf(ledger: string): Map<unknown, unknown> {
  const rows = queryLedger(
    ledger,
    `SELECT account_name AS name, sum(cpu_charges) AS charge
     FROM daily_summary JOIN accounts ON accounts.id = account_id GROUP BY 1`,
  );
  return new Map(rows.map(({ name, charge }) => [name, charge]));
}
