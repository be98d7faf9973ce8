import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { previewRecharge } from '../../pipelines/preview-recharge.ts';
import type { CountRule } from '../../src/charging/rule-set.ts';
import type { JobRange } from '../../src/ledger/sqlite/recharge/job-selection.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { cheaperDerecho, derechoWith } from '../support/other-rules.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { rechargeLedger } from '../support/recharge-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { ledgerOf, versionCounts } from './ledger-of.ts';

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

  it('marks every segment of facts that a batch over their border has changed', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(60));
    // So that they stand on both sides of a border.
    alterDatabase(
      ledger,
      `PRAGMA foreign_keys = OFF;
       UPDATE jobs SET id = id + 8160; UPDATE job_charges SET job_id = job_id + 8160;
       INSERT INTO stale_segments VALUES (0), (1)`,
    );
    await rechargeLedger(ledger, { idsAtOnce: 50 });
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(versionCounts(ledger)).toEqual([{ charge_version: 2, jobs: 60 }]);
  });

  it('is refused where a page of the jobs is damaged', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(60));
    const [page] = queryColumn(
      ledger,
      `SELECT pageno FROM dbstat WHERE name = 'jobs' AND pagetype = 'leaf' ORDER BY pageno`,
    );
    const bytes = readFileSync(ledger);
    bytes.fill(0, (Number(page) - 1) * 4096, Number(page) * 4096);
    writeFileSync(ledger, bytes);
    expect((await failureOf(rechargeLedger(ledger))).message).toMatch(/damaged/);
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
