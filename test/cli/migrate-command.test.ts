import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeOldDatabase, oldRows } from '../support/old-databases.ts';
import { alterDatabase, queryColumn } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('qledger migrate --plan', () => {
  it('tells what is there and what it would become, and writes nothing', () => {
    using folder = folderWithOld();
    const { status, stdout, stderr } = migrate(folder, '--plan');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^derecho: old\.db is a denormalised database of 0\.1 MB$/m);
    expect(stdout).toMatch(
      /^ {2}3 jobs of 2 users, 1 accounts and 2 queues, ended from 2026-01-31 to 2026-01-31$/m,
    );
    expect(stdout).toMatch(
      /^It would become data\/derecho\.db, of about .* MB, in about \d+ s\. Nothing was written\.$/m,
    );
    expect(JSON.parse(migrate(folder, '--plan', '--json').stdout)).toMatchObject({
      kind: 'migrate-plan',
      generation: 'denormalised',
      rows: 3,
      users: 2,
      hours: 'v_jobs_charged',
    });
    expect(folder.names()).toEqual(['old.db']);
  });
});

describe('qledger migrate', () => {
  it('makes the ledger and tells what was before and is now', () => {
    using folder = folderWithOld();
    const { status, stdout, stderr } = migrate(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^derecho: 3 jobs of old\.db \(denormalised\) in /);
    expect(stdout).toMatch(/^ {2}3 jobs brought in, 0 twice, 0 rejected; 1 days summarised$/m);
    expect(stdout).toMatch(/^ {2}jobs +3 +3$/m);
    expect(stdout).toMatch(/^ {2}cpu +2 +1,028\.0 +1,028\.0 +0 +0\.0000$/m);
    expect(stdout).toMatch(/^ {2}Size: 0\.1 MB before, /m);
    expect(stdout).toMatch(/^ {2}usage by user +365 /m);
    expect(folder.names('data')).toEqual(['derecho.db']);
    expect(runQledger(folder.path, 'status').status).toBe(0);
  });

  it('tells of rejects on stderr, is quiet otherwise if asked to, and leaves a report', () => {
    using folder = folderWithOld();
    alterDatabase(folder.file('old.db'), "UPDATE jobs SET submit = 'long ago' WHERE id = 2");
    const { status, stdout, stderr } = migrate(folder, '--quiet', '--report', 'report.json');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toBe(
      'qledger: warning: 1 rejected as bad-time, first old.db:2: ' +
        '"submit" is "long ago", not a time such as 2026-01-31 23:59:59\n',
    );
    expect(JSON.parse(readFileSync(folder.file('report.json'), 'utf8'))).toMatchObject({
      kind: 'migrate',
      status: 'complete',
      counts: { lines: 3, jobs: 2, rejects: 1 },
      exitCode: 0,
    });
  });

  it('refuses a ledger with other hours than before: status 23, unless they are allowed', () => {
    using folder = folderWithOld();
    const casper = ['old.db', '--machine', 'casper', '--no-timing'];
    const refused = runQledger(folder.path, 'migrate', ...casper, '--quiet');
    expect(refused.status).toBe(23);
    expect(refused.stderr).toMatch(
      /1 jobs have hours that differ by more than 0\.01; the ledger was not put into service/,
    );
    expect(refused.stdout).toMatch(/^ {2}102\.desched1 in gpu: /m);
    expect(folder.names()).toEqual(['old.db']);
    const allowed = runQledger(folder.path, 'migrate', ...casper, '--allow-differences', '--json');
    expect(allowed.status).toBe(0);
    expect(JSON.parse(allowed.stdout)).toMatchObject({ status: 'complete', counts: { jobs: 3 } });
    expect(queryColumn(folder.file('data/casper.db'), 'SELECT count(*) FROM jobs')).toEqual([3]);
  });

  it.each([
    ['a zone that is none', ['old.db', '--timezone', 'Denver'], 2, /not an IANA time zone/],
    ['a machine that is none', ['old.db', '--machine', 'dereco'], 2, /derecho/],
    ['no such file', ['gone.db'], 22, /gone\.db: no such file/],
  ])('ends as it should with %s', (_, words, status, message) => {
    using folder = folderWithOld();
    const ended = runQledger(folder.path, 'migrate', '--machine', 'derecho', ...words);
    expect(ended.status).toBe(status);
    expect(ended.stderr).toMatch(message);
    expect(folder.names()).toEqual(['old.db']);
  });
});

/** Two jobs in a queue for CPUs and one in a queue for GPUs. */
function folderWithOld(): TempFolder {
  const folder = new TempFolder();
  makeOldDatabase(
    folder.file('old.db'),
    'old-denormalised',
    oldRows({}, { user: 'bob' }, { queue: 'gpu', numgpus: 4, numnodes: 1 }),
  );
  return folder;
}

function migrate(folder: TempFolder, ...words: string[]) {
  return runQledger(folder.path, 'migrate', 'old.db', '--machine', 'derecho', ...words);
}
