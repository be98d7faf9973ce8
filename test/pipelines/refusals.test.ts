import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import type { Machine } from '../../src/site/machine.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const DERECHO = presetMachine('derecho');

describe('a ledger', () => {
  it.each([
    [
      'of another machine',
      presetMachine('casper'),
      'this is the ledger of derecho, not of casper. Nothing was changed; ' +
        'a ledger holds one machine, name another file with --db.',
    ],
    [
      'with days of another zone',
      { ...DERECHO, timeZone: 'Europe/Oslo' },
      'its days are cut in America/Denver, the configuration says Europe/Oslo. Nothing was changed; ' +
        'the zone of a ledger is fixed, rebuild it in the new one.',
    ],
  ])('%s is refused and stays as it is', async (_which, machine, reason) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS))]);
    const before = ledgerContent(ledger);
    const more = folder.write('more.csv', jobsExport([{}]));
    const failure = await failureOf(ingestFiles(ledger, [more], { machine }));
    expect(failure).toBeInstanceOf(LedgerError);
    expect(failure).toMatchObject({ code: 'other-machine', message: `${ledger}: ${reason}` });
    expect(ledgerContent(ledger)).toEqual(before);
    expect(queryColumn(ledger, 'SELECT count(*) FROM runs')).toEqual([1]);
    expect(queryColumn(ledger, 'SELECT count(*) FROM v_source_files')).toEqual([1]);
  });

  it('of a newer qledger is refused and stays as it is', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    alterDatabase(ledger, 'PRAGMA user_version = 99');
    const before = readFileSync(ledger);
    const failure = await failureOf(ingestFiles(ledger, [file]));
    expect(failure).toMatchObject({ code: 'newer' });
    expect(failure.message).toMatch(
      /^.*ledger\.db: its schema is version 99, .* update qledger\.$/,
    );
    expect(readFileSync(ledger).equals(before)).toBe(true);
  });
});

describe('a file in the place of the ledger', () => {
  it('that is another database is refused and stays as it is', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('theirs.db');
    alterDatabase(
      ledger,
      "CREATE TABLE jobs (id INTEGER, name TEXT); INSERT INTO jobs VALUES (1, 'a')",
    );
    const before = readFileSync(ledger);
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const failure = await failureOf(ingestFiles(ledger, [file]));
    expect(failure).toMatchObject({
      code: 'foreign',
      message: `${ledger}: a database, but not a qledger ledger. Nothing was changed; name another file with --db.`,
    });
    expect(readFileSync(ledger).equals(before)).toBe(true);
    expect(folder.names()).toEqual(['jobs.csv', 'theirs.db']);
  });

  it.each([
    ['short', 'hello\n'],
    ['long', 'hello\n'.repeat(2000)],
  ])('that is a %s text is refused and stays as it is', async (_length, text) => {
    using folder = new TempFolder();
    const ledger = folder.write('notes.txt', text);
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const failure = await failureOf(ingestFiles(ledger, [file]));
    expect(failure).toMatchObject({
      code: 'foreign',
      message: `${ledger}: not a database at all. Nothing was changed; name another file with --db.`,
    });
    expect(readFileSync(ledger, 'utf8')).toBe(text);
    expect(folder.names()).toEqual(['jobs.csv', 'notes.txt']);
  });

  it('that is a folder is refused in a sentence', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const failure = await failureOf(ingestFiles(folder.path, [file]));
    expect(failure).toBeInstanceOf(LedgerError);
    expect(failure.message).toMatch(new RegExp(`^${folder.path}: `));
  });

  it('that would lie below a file is refused in a sentence', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    for (const ledger of [`${file}/ledger.db`, `${file}/data/ledger.db`]) {
      const failure = await failureOf(ingestFiles(ledger, [file]));
      expect(failure).toBeInstanceOf(LedgerError);
      expect(failure.message).toMatch(new RegExp(`^${ledger}: `));
    }
  });

  it('that is empty becomes the ledger', async () => {
    using folder = new TempFolder();
    const ledger = folder.write('ledger.db', '');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    expect(ledgerJobs(ledger)).toHaveLength(5);
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('charge rules that have changed', () => {
  const PREMIUM: Machine = {
    ...DERECHO,
    charging: {
      rules: [{ queues: ['*'], cpu: { per: 'none' }, gpu: { per: 'none' }, memory: 'used' }],
      qos: { ...DERECHO.charging.qos, factors: { ...DERECHO.charging.qos.factors, premium: 2 } },
    },
  };
  const NEW_JOB = { ...EXAMPLE_JOBS[0], 'Job ID': '201.desched1' };

  it('are a new version that charges new jobs and leaves the old ones', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('old.csv', jobsExport(EXAMPLE_JOBS))]);
    const before = ledgerJobs(ledger);
    const all = folder.write('all.csv', jobsExport([...EXAMPLE_JOBS, NEW_JOB]));
    const { totals, days } = await ingestFiles(ledger, [all], { machine: PREMIUM });
    expect(totals).toMatchObject({ jobs: 1, duplicates: 5 });
    expect(days).toEqual(['2026-01-15']);
    const after = ledgerJobs(ledger);
    expect(after.slice(0, 5)).toEqual(before);
    expect(after[5]).toMatchObject({
      job_id: '201.desched1',
      cpu_hours: 0,
      memory_hours: 6,
      qos_factor: 2,
      charge_version: 2,
    });
    // A day of jobs under both versions: each by its own factor.
    expect(
      queryLedger(
        ledger,
        `SELECT job_count, cpu_charges, memory_charges FROM daily_summary d
         JOIN queues q ON q.id = d.queue_id WHERE queue_name = 'cpu'`,
      ),
    ).toEqual([{ job_count: 2, cpu_charges: 576, memory_charges: 9 + 12 }]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('are kept, and rules that come back have the version that they had', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    await ingestFiles(ledger, [file], { machine: PREMIUM });
    await ingestFiles(ledger, [folder.write('new.csv', jobsExport([NEW_JOB]))]);
    expect(queryColumn(ledger, 'SELECT charge_version FROM runs ORDER BY id')).toEqual([1, 2, 1]);
    expect(ledgerJobs(ledger)[5]).toMatchObject({ charge_version: 1, cpu_hours: 384 });
    const rules = queryColumn(ledger, 'SELECT rules FROM charge_rule_sets ORDER BY version');
    expect(rules.map((text) => JSON.parse(String(text)))).toEqual([
      DERECHO.charging,
      PREMIUM.charging,
    ]);
  });
});
