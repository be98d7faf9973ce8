import { copyFileSync, renameSync } from 'node:fs';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../pipelines/interruption.ts';
import { previewRecharge } from '../../pipelines/preview-recharge.ts';
import type { CountRule } from '../../src/charging/rule-set.ts';
import { openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import type { JobRange } from '../../src/ledger/sqlite/recharge/job-selection.ts';
import type { Machine } from '../../src/site/machine.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { cheaperDerecho, derechoWith } from '../support/other-rules.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { rechargeLedger } from '../support/recharge-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('a recharge', () => {
  it('leaves the ledger that an ingest by the new rules would have made', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(200));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(200), cheaperDerecho());
    const result = await rechargeLedger(ledger, { idsAtOnce: 30 });
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(result).toMatchObject({ totals: { jobs: 200 }, chargeVersion: 2, interrupted: [] });
    expect(result.days).toHaveLength(4);
    expect(folder.names()).not.toContain('ledger.db-wal');
  });

  it('charges every job as the rules say, and gives it their version', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const { totals } = await rechargeLedger(ledger);
    expect(ledgerJobs(ledger)).toMatchObject([
      { job_id: '101.desched1', cpu_hours: 192, qos: 'premium', qos_factor: 2, charge_version: 2 },
      { job_id: '102.desched1', cpu_hours: 32, qos: 'frugal', qos_factor: 0.6, charge_version: 2 },
      { job_id: '103[7].desched1', cpu_hours: 4, gpu_hours: 0.5, charge_version: 2 },
      { job_id: '104.desched1', cpu_hours: 4, qos: 'frugal', charge_version: 2 },
      { job_id: '105.desched1', cpu_hours: 64, qos: 'uncharged', charge_version: 2 },
    ]);
    expect(totals).toMatchObject({
      jobs: 5,
      changed: 4,
      cpuHours: { before: 584, after: 296, difference: -288 },
      gpuHours: { before: 2.5, after: 2.5, difference: 0, percent: 0 },
    });
  });

  it('by the same rules changes nothing but says so in the journal', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const before = ledgerDigestOf(ledger);
    const result = await rechargeLedger(ledger, { machine: presetMachine('derecho') });
    expect(result).toMatchObject({ totals: { jobs: 5, changed: 0 }, users: [], days: [] });
    expect(ledgerDigestOf(ledger)).toEqual(before);
    expect(queryLedger(ledger, 'SELECT command, status, charge_version FROM runs')).toEqual([
      { command: 'ingest', status: 'complete', charge_version: 1 },
      { command: 'recharge', status: 'complete', charge_version: 1 },
    ]);
    const steps = queryColumn(ledger, 'SELECT step FROM run_steps WHERE run_id = 2 ORDER BY step');
    expect(steps).toEqual(['charge', 'summary']);
  });

  it('there and back again is the ledger that it was', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(60));
    const before = ledgerDigestOf(ledger);
    await rechargeLedger(ledger);
    expect(ledgerDigestOf(ledger)).not.toEqual(before);
    await rechargeLedger(ledger, { machine: presetMachine('derecho') });
    expect(ledgerDigestOf(ledger)).toEqual(before);
  });

  it('keeps the reason beside rules that are new', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    await rechargeLedger(ledger, { reason: 'half nodes' });
    const reasons = queryColumn(ledger, 'SELECT reason FROM charge_rule_sets ORDER BY version');
    expect(reasons).toEqual(['ingest', 'half nodes']);
  });

  it('of a rule with a date charges the jobs from that site-local day on, and no other', async () => {
    using folder = new TempFolder();
    const jobs = [
      { 'Job ID': '1.s', 'Job End': '2026-01-15 23:59:59' },
      { 'Job ID': '2.s', 'Job End': '2026-01-16 00:00:00' },
      { 'Job ID': '3.s', 'Job End': '2026-01-17 23:59:59' },
      { 'Job ID': '4.s', 'Job End': '2026-01-18 00:00:00' },
    ].map((job) => ({ ...job, Queue: 'cpu', Priority: 'regular', Elapsed: '0.5', Nodes: '2' }));
    const ledger = await ledgerOf(folder, 'ledger.db', jobs);
    const { rules } = presetMachine('derecho').charging;
    const all: CountRule = { per: 'node', count: 10 };
    const dated = { queues: ['cpu'], cpu: all, gpu: all, memory: 'none' } as const;
    const machine = derechoWith({
      rules: [{ ...dated, from: '2026-01-16', to: '2026-01-17' }, ...rules],
    });
    const { totals } = await rechargeLedger(ledger, { machine });
    expect(totals).toMatchObject({ jobs: 4, changed: 2 });
    expect(ledgerJobs(ledger)).toMatchObject([
      { cpu_hours: 128, gpu_hours: 0, charge_version: 2 },
      { cpu_hours: 10, gpu_hours: 10, memory_hours: 0, charge_version: 2 },
      { cpu_hours: 10, gpu_hours: 10, memory_hours: 0, charge_version: 2 },
      { cpu_hours: 128, gpu_hours: 0, charge_version: 2 },
    ]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('writes factors that depend on the day, and jobs of one factor get several', async () => {
    using folder = new TempFolder();
    const { rules, qos } = presetMachine('derecho').charging;
    const regular = [{ factor: 3, to: '2026-01-16' }, { factor: 0.1 }];
    const machine = derechoWith({ rules, qos: { ...qos, factors: { ...qos.factors, regular } } });
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(60));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(60), machine);
    await rechargeLedger(ledger, { machine, idsAtOnce: 30 });
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('knows of a job whatever a rule can ask for', async () => {
    using folder = new TempFolder();
    const jobs = sameJobs(40);
    const { qos } = presetMachine('derecho').charging;
    const rest = { queues: ['*'], cpu: { per: 'allocated' }, gpu: { per: 'none' } } as const;
    const machine = derechoWith({
      qos,
      rules: [
        { ...rest, memory: 'none', conditions: { user: ['ada'], account: ['NUMB*'] } },
        { ...rest, cpu: { per: 'used' }, memory: 'used', conditions: { cpuType: ['milan'] } },
        { ...rest, memory: 'requested', conditions: { priority: ['premium'] } },
        { ...rest, memory: 'used', weights: { cpu: 3 }, minimumSeconds: 600, roundUpSeconds: 60 },
      ],
    });
    const ledger = await ledgerOf(folder, 'ledger.db', jobs);
    const anew = await ledgerOf(folder, 'anew.db', jobs, machine);
    await rechargeLedger(ledger, { machine, idsAtOnce: 7 });
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
  });
});

describe('a recharge of a range', () => {
  const RANGES: readonly { range: JobRange; jobs: readonly string[] }[] = [
    { range: { from: '2026-01-16' }, jobs: ['104.desched1', '105.desched1'] },
    { range: { to: '2026-01-15', queue: 'gpu*' }, jobs: ['102.desched1', '103[7].desched1'] },
    { range: { account: 'NUMB0002' }, jobs: ['102.desched1', '105.desched1'] },
    { range: { queue: 'cpu', account: '*1' }, jobs: ['101.desched1'] },
    { range: { queue: 'none such' }, jobs: [] },
  ];

  it.each(RANGES)('$range charges its jobs and no other', async ({ range, jobs }) => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const { totals } = await rechargeLedger(ledger, { range });
    const charged = queryColumn(
      ledger,
      `SELECT job_id FROM v_jobs_charged WHERE charge_version = 2 ORDER BY job_id`,
    );
    expect(charged).toEqual(jobs);
    expect(totals.jobs).toBe(jobs.length);
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

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

describe('a recharge that is interrupted', () => {
  it('leaves whole batches and marks their days, and the next one writes only what is left', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(100), cheaperDerecho());
    const stop = new AbortController();
    const failure = await failureOf(
      rechargeLedger(ledger, { idsAtOnce: 10, signal: stop.signal }, ({ doneJobs }) => {
        if (doneJobs === 39) stop.abort(new Interruption('SIGTERM'));
      }),
    );
    expect(failure).toBeInstanceOf(Interruption);
    expect(versionCounts(ledger)).toEqual([
      { charge_version: 1, jobs: 61 },
      { charge_version: 2, jobs: 39 },
    ]);
    expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['complete', 'interrupted']);
    expect(queryColumn(ledger, 'SELECT count(*) FROM stale_days')).toEqual([4]);
    const { totals } = await rechargeLedger(ledger, { idsAtOnce: 10 });
    expect(totals.changed).toBeLessThanOrEqual(61);
    expect(versionCounts(ledger)).toEqual([{ charge_version: 2, jobs: 100 }]);
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('and gone on with for some queues only leaves no day stale', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const stop = new AbortController();
    const first = rechargeLedger(ledger, { idsAtOnce: 10, signal: stop.signal }, () =>
      stop.abort(new Interruption('SIGINT')),
    );
    expect(await failureOf(first)).toBeInstanceOf(Interruption);
    await rechargeLedger(ledger, { range: { queue: 'gpu' } });
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('while a ledger is charged again', () => {
  it('a reader that has begun keeps seeing it as it was, and another one sees whole batches', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const count = 'SELECT count(*) FROM job_charges WHERE charge_version = 2';
    const seen: unknown[] = [];
    let first: Database.Database | undefined;
    try {
      await rechargeLedger(ledger, { idsAtOnce: 20 }, () => {
        const reader = openForReading(ledger);
        if (first === undefined) reader.exec('BEGIN');
        seen.push(reader.prepare(count).pluck().get());
        if (first === undefined) first = reader;
        else reader.close();
        expect(first.prepare(count).pluck().get()).toBe(19);
      });
    } finally {
      first?.close();
    }
    expect(seen).toEqual([19, 39, 59, 79, 99, 100]);
  });
});

describe('a recharge that reads the file of the ledger', () => {
  it.each([
    { who: 'nobody else', reads: false },
    { who: 'a reader of an older state, so that SQLite is asked', reads: true },
  ])('in stretches, beside $who', async ({ reads }) => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(150));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(150), cheaperDerecho());
    let reader: Database.Database | undefined;
    await rechargeLedger(ledger, { idsAtOnce: 1 }, () => {
      if (!reads || reader !== undefined) return;
      reader = openForReading(ledger);
      reader.exec('BEGIN; SELECT * FROM sqlite_schema');
    });
    reader?.close();
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('a recharge is refused', () => {
  it('of a ledger that is not there, and makes none', async () => {
    using folder = new TempFolder();
    const failure = await failureOf(rechargeLedger(folder.file('ledger.db')));
    expect(failure.message).toContain('there is no ledger');
    expect(folder.names()).toEqual([]);
  });

  it("of another machine's ledger", async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    const machine = presetMachine('casper');
    const before = ledgerDigestOf(ledger);
    for (const refused of [
      rechargeLedger(ledger, { machine }),
      previewRecharge({ ledgerPath: ledger, machine }),
    ]) {
      expect((await failureOf(refused)).message).toContain('the ledger of derecho, not of casper');
    }
    expect(ledgerDigestOf(ledger)).toEqual(before);
  });

  it('and goes into the journal as failed where a charge breaks a constraint', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', EXAMPLE_JOBS);
    alterDatabase(
      ledger,
      `CREATE TRIGGER broken BEFORE UPDATE ON job_charges BEGIN SELECT raise(ABORT, 'broken'); END`,
    );
    await failureOf(rechargeLedger(ledger));
    expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['complete', 'failed']);
    expect(versionCounts(ledger)).toEqual([{ charge_version: 1, jobs: 5 }]);
  });
});

async function ledgerOf(
  folder: TempFolder,
  name: string,
  jobs: readonly JobFields[],
  machine: Machine = presetMachine('derecho'),
): Promise<string> {
  const ledger = folder.file(name);
  await ingestFiles(ledger, [folder.write(`${name}.csv`, jobsExport(jobs))], { machine });
  return ledger;
}

function versionCounts(ledger: string): object[] {
  return queryLedger(
    ledger,
    'SELECT charge_version, count(*) AS jobs FROM job_charges GROUP BY 1 ORDER BY 1',
  );
}

function chargesOf(ledger: string): Map<unknown, unknown> {
  const rows = queryLedger(
    ledger,
    `SELECT account_name AS name, sum(cpu_charges) AS charge
     FROM daily_summary JOIN accounts ON accounts.id = account_id GROUP BY 1`,
  );
  return new Map(rows.map(({ name, charge }) => [name, charge]));
}
