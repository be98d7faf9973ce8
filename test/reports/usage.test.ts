import { describe, expect, it } from 'vitest';
import { type UsageDimension, usage } from '../../src/reports/usage.ts';
import { DEFAULT_LABELS, exportText } from '../sources/qhist-csv/export-line.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { alterDatabase } from '../support/query-ledger.ts';

describe('usage', () => {
  it('is the hours and the charges of each name, largest CPU charge first', async () => {
    using ledger = await exampleLedger();
    const rowsBy = (by: UsageDimension) => ledger.ask((db) => usage(db, { by })).rows;
    expect(rowsBy('user')).toEqual([
      ['ada', 3, 392, 0.5, 10, 584, 0.5, 13],
      ['bob', 1, 64, 2, 5, 44.8, 1.4, 3.5],
      ['carl', 1, 128, 0, 0.5, 0, 0, 0],
    ]);
    expect(rowsBy('account')).toEqual([
      ['NUMB0001', 2, 388, 0.5, 8, 580, 0.5, 11],
      ['NUMB0002', 2, 192, 2, 5.5, 44.8, 1.4, 3.5],
      ['none', 1, 4, 0, 2, 4, 0, 2],
    ]);
    expect(rowsBy('queue')).toEqual([
      ['cpu', 1, 384, 0, 6, 576, 0, 9],
      ['gpu', 1, 64, 2, 5, 44.8, 1.4, 3.5],
      // As much CPU charge as the next one, and more GPU charge.
      ['gpudev', 1, 4, 0.5, 2, 4, 0.5, 2],
      ['cpudev', 1, 4, 0, 2, 4, 0, 2],
      ['jhublogin', 1, 128, 0, 0.5, 0, 0, 0],
    ]);
  });

  it('says what was asked and what its columns are', async () => {
    using ledger = await exampleLedger();
    const report = ledger.ask((db) => usage(db, { by: 'account' }));
    expect(report).toMatchObject({
      kind: 'usage-by-account',
      machine: 'derecho',
      from: '2026-01-15',
      to: '2026-01-16',
      notes: [],
    });
    expect(report.columns.map(({ key, unit }) => [key, unit])).toEqual([
      ['account', undefined],
      ['jobs', undefined],
      ['cpu_hours', 'core-hours'],
      ['gpu_hours', 'GPU-hours'],
      ['memory_hours', 'GiB-hours'],
      ['cpu_charges', 'weighted core-hours'],
      ['gpu_charges', 'weighted GPU-hours'],
      ['memory_charges', 'weighted GiB-hours'],
    ]);
  });

  it('has the jobs that ended in a window, its first and last day included', async () => {
    using ledger = await exampleLedger();
    const usersIn = (from?: string, to?: string) =>
      ledger.ask((db) => {
        const window = {
          ...(from === undefined ? {} : { from }),
          ...(to === undefined ? {} : { to }),
        };
        const report = usage(db, { by: 'user', ...window });
        return [report.from, report.to, ...report.rows.map(([user]) => user)];
      });
    const [first, second] = ['2026-01-15', '2026-01-16'];
    expect(usersIn(first, first)).toEqual([first, first, 'ada', 'bob']);
    expect(usersIn(first, second)).toEqual([first, second, 'ada', 'bob', 'carl']);
    expect(usersIn(second)).toEqual([second, second, 'ada', 'carl']);
    expect(usersIn(undefined, first)).toEqual([first, first, 'ada', 'bob']);
    expect(usersIn('2026-01-17', '2026-01-31')).toEqual(['2026-01-17', '2026-01-31']);
    expect(usersIn('2025-01-01', '2026-01-14')).toEqual(['2025-01-01', '2026-01-14']);
  });

  it('orders those who are charged alike by their name', async () => {
    const alike = ['zoe', 'amy', 'Bea', 'max'].map((User, i) => ({
      ...EXAMPLE_JOBS[0],
      'Job ID': `${i + 1}.s`,
      User,
    }));
    using ledger = await exampleLedger(alike);
    const report = ledger.ask((db) => usage(db, { by: 'user' }));
    expect(report.rows.map(([user]) => user)).toEqual(['Bea', 'amy', 'max', 'zoe']);
  });

  it('of a ledger without jobs has no rows and no days', async () => {
    using ledger = await exampleLedger([]);
    expect(ledger.ask((db) => usage(db, { by: 'user' }))).toMatchObject({
      machine: 'derecho',
      from: null,
      to: null,
      rows: [],
      notes: [],
    });
  });
});

describe('the notes of a report', () => {
  it('count the jobs whose charge is incomplete', async () => {
    using ledger = await exampleLedger();
    await ledger.add('one.csv', exportText([{}], DEFAULT_LABELS));
    const notes = () => ledger.ask((db) => usage(db, { by: 'user' })).notes;
    expect(notes()).toEqual([
      '1 job has an incomplete charge: their source does not say how many CPUs, GPUs or nodes ' +
        'or how much memory they used, and those hours count as 0.',
    ]);
    await ledger.add('two.csv', exportText([{ 'Job ID': '7002.sched1' }], DEFAULT_LABELS));
    expect(notes()[0]).toMatch(/^2 jobs have an incomplete charge: /);
  });

  it('count the days that are not summarised yet', async () => {
    using ledger = await exampleLedger();
    const notes = () => ledger.ask((db) => usage(db, { by: 'queue' })).notes;
    alterDatabase(ledger.path, "INSERT INTO stale_days VALUES ('2026-01-15')");
    expect(notes()).toEqual([
      '1 day has jobs that are not summarised yet: an ingest or a recharge is running or was interrupted; ' +
        'the next one catches up.',
    ]);
    alterDatabase(ledger.path, "INSERT INTO stale_days VALUES ('2026-01-16')");
    expect(notes()[0]).toMatch(/^2 days have jobs that are not summarised yet: /);
  });
});
