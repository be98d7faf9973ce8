import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { folderWith } from '../support/folder-with.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';

describe('qledger report of a ledger that lacks a fact', () => {
  it('says so, and what makes it anew', async () => {
    using folder = await folderWith('casper');
    alterDatabase(folder.file('data/casper.db'), 'DELETE FROM job_facts');
    const failed = runQledger(folder.path, 'report', 'waits-by-nodes', '--machine', 'casper');
    expect(failed.status).not.toBe(0);
    expect(failed.stderr).toMatch(/^qledger: \S+casper\.db: job_facts has no \w+ of segment 0\. /);
    expect(
      runQledger(folder.path, 'recharge', '--summary-only', '--machine', 'casper').status,
    ).toBe(0);
    expect(runQledger(folder.path, 'report', 'waits-by-nodes', '--machine', 'casper').status).toBe(
      0,
    );
  });
});

describe('qledger report --explain', () => {
  it('tells by which tables the answer is found, and of one machine only', async () => {
    using folder = await folderWith('casper', 'derecho');
    const explained = (...of: string[]): string =>
      runQledger(folder.path, 'report', ...of, '--explain', '--format', 'csv').stdout;
    expect(explained('waits-by-nodes', '--machine', 'casper')).toMatch(
      /^2,SELECT numbers FROM job_facts WHERE id = \?,SEARCH job_facts USING INTEGER PRIMARY KEY/m,
    );
    expect(explained('usage-by-user', '--machine', 'casper')).toMatch(/daily_summary/);
    const several = runQledger(
      folder.path,
      'report',
      'waits-by-nodes',
      '--machine',
      'all',
      '--explain',
    );
    expect(several.status).toBe(2);
    expect(several.stderr).toContain('--explain is of one machine; name it with --machine');
    const drawn = ['waits-by-nodes', '--machine', 'casper', '--explain', '--chart', 'x.svg'];
    expect(runQledger(folder.path, 'report', ...drawn).status).toBe(2);
  });
});

describe('qledger report of several machines', () => {
  it('has the rows of each, and a line of sums', async () => {
    using folder = await folderWith('casper', 'derecho');
    const all = ['report', 'exit-statuses', '--machine', 'all', '--format', 'csv'];
    const { stdout } = runQledger(folder.path, ...all);
    expect(stdout.split('\r\n').map((line) => line.split(',').slice(0, 6).join())).toEqual([
      'machine,exit_status,jobs,users,cpu_hours,gpu_hours',
      'casper,0,5,3,149,2.5',
      'derecho,0,5,3,584,2.5',
      'all,,10,,733,5',
      '',
    ]);
    const named = ['report', 'exit-statuses', '--db', 'data/derecho.db', '--db', 'data/casper.db'];
    expect(runQledger(folder.path, ...named).stdout).toMatch(/^derecho, casper, exit statuses, /);
  });

  it('is of one window within the days of all', async () => {
    using folder = await folderWith('casper');
    const later = EXAMPLE_JOBS.map((job) => ({
      ...job,
      'Job Start': job['Job Start']?.replace('2026-01', '2026-03') ?? '',
      'Job End': job['Job End']?.replace('2026-01', '2026-03') ?? '',
    }));
    await ingestFiles(folder.file('data/derecho.db'), [
      folder.write('later.csv', jobsExport(later)),
    ]);
    const first = (...options: string[]): string =>
      runQledger(folder.path, 'report', 'exit-statuses', '--machine', 'all', ...options).stdout;
    expect(first()).toMatch(/^casper, derecho, exit statuses, 2026-01-15 to 2026-03-16\n/);
    const last = first('--last', '2d');
    expect(last).toMatch(/^casper, derecho, exit statuses, 2026-03-15 to 2026-03-16\n/);
    expect(last).not.toMatch(/^casper +0/m);
  });

  it('refuses two ledgers of one machine', async () => {
    using folder = await folderWith('casper');
    folder.write('copy.db', readFileSync(folder.file('data/casper.db')));
    const twins = ['report', 'exit-statuses', '--db', 'data/casper.db', '--db', 'copy.db'];
    expect(runQledger(folder.path, ...twins)).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'qledger: data/casper.db and copy.db are both ledgers of casper, ' +
        'and its jobs would count twice; name one of them\n',
    });
  });
});
