import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('qledger digest', () => {
  it('prints the digest of each table and of all, and what is beside it', async () => {
    using folder = await folderWithTwo();
    alterDatabase(folder.file('data/b.db'), "INSERT INTO stale_days VALUES ('2026-01-15')");
    const { status, stdout, stderr } = runQledger(folder.path, 'digest', '--db', 'data/b.db');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^data\/b\.db: derecho, days in America\/Denver\n\nTable +Rows +Digest\n/,
    );
    for (const table of ['jobs', 'job_charges', 'daily_summary']) {
      expect(stdout).toMatch(new RegExp(`^${table} +5 {2}[0-9a-f]{64}$`, 'm'));
    }
    expect(stdout).toMatch(/^all +[0-9a-f]{64}$/m);
    expect(stdout).toMatch(/^Not part of the digest: 1 rejected line$/m);
    expect(stdout).toMatch(/^Note: 1 day is not summarised yet, /m);
  });

  it('with --json prints one object, with the same digest for the same jobs', async () => {
    using folder = await folderWithTwo();
    const [a, b] = ['a', 'b'].map((machine) =>
      JSON.parse(runQledger(folder.path, 'digest', '--machine', machine, '--json').stdout),
    );
    expect(a).toMatchObject({
      kind: 'digest',
      ledger: 'data/a.db',
      machine: 'derecho',
      timeZone: 'America/Denver',
      rejects: 0,
      staleDays: 0,
    });
    expect(b).toEqual({ ...a, ledger: 'data/b.db', rejects: 1 });
  });
});

describe('qledger diff', () => {
  it('ends with 0 where there is no difference', async () => {
    using folder = await folderWithTwo();
    expect(runQledger(folder.path, 'diff', 'data/a.db', 'data/b.db')).toEqual({
      status: 0,
      stdout: 'A  data/a.db\nB  data/b.db\n\nNo differences.\n',
      stderr: '',
    });
  });

  it('ends with 1 where there is one, and tells it in words', async () => {
    using folder = await folderWithTwo();
    alterDatabase(
      folder.file('data/b.db'),
      `DELETE FROM jobs WHERE job_id = '101.desched1';
       UPDATE jobs SET numgpus = NULL, "end" = "end" + 1 WHERE job_id = '102.desched1';
       UPDATE jobs SET resources = '${'long'.repeat(100)}' || 'other' WHERE job_id = '104.desched1';
       UPDATE daily_summary SET cpu_hours = 1.5 WHERE date = '2026-01-16';`,
    );
    alterDatabase(
      folder.file('data/a.db'),
      `UPDATE jobs SET resources = '${'long'.repeat(100)}' WHERE job_id = '104.desched1'`,
    );
    const diff = runQledger(folder.path, 'diff', 'data/a.db', 'data/b.db', '--limit', '1');
    expect(diff).toEqual({
      status: 1,
      stdout: [
        'A  data/a.db',
        'B  data/b.db',
        '',
        'ledger: no differences',
        'jobs: 1 only in A, 0 only in B, 2 with other values',
        '  only in A: job_id "101.desched1", submit 2026-01-15T15:00:00Z, user "ada", queue "cpu"',
        '  other values: job_id "102.desched1", submit 2026-01-15T15:00:00Z, user "bob", queue "gpu": ' +
          'end is 2026-01-15T17:30:00Z in A, 2026-01-15T17:30:01Z in B; numgpus is 4 in A, NULL in B',
        '  other values: and 1 more',
        'job_charges: no differences',
        'daily_summary: 0 only in A, 0 only in B, 2 with other values',
        '  other values: date "2026-01-16", user "ada", account "none", queue "cpudev": ' +
          'cpu_hours is 4 in A, 1.5 in B',
        '  other values: and 1 more',
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(runQledger(folder.path, 'diff', 'data/a.db', 'data/b.db').stdout).toContain(
      'resources is "...longlonglonglonglong" in A, "...longlonglonglonglongother" in B',
    );
  });

  it('with --json prints one object with the values as they are', async () => {
    using folder = await folderWithTwo();
    const b = folder.file('data/b.db');
    alterDatabase(b, "UPDATE jobs SET numgpus = NULL WHERE job_id = '102.desched1'");
    const { status, stdout } = runQledger(folder.path, 'diff', 'data/a.db', 'data/b.db', '--json');
    expect(status).toBe(1);
    const none = { count: 0, examples: [] };
    const empty = { onlyInA: none, onlyInB: none, differing: none };
    expect(JSON.parse(stdout)).toEqual({
      kind: 'diff',
      a: 'data/a.db',
      b: 'data/b.db',
      equal: false,
      tables: [
        { table: 'ledger', ...empty },
        {
          table: 'jobs',
          ...empty,
          differing: {
            count: 1,
            examples: [
              {
                job_id: '102.desched1',
                submit: Date.parse('2026-01-15T15:00:00Z') / 1000,
                user: 'bob',
                queue: 'gpu',
                values: { numgpus: { a: 4, b: null } },
              },
            ],
          },
        },
        { table: 'job_charges', ...empty },
        { table: 'daily_summary', ...empty },
      ],
    });
  });

  it('ends with one line where one of them is missing, none or of another version', async () => {
    using folder = await folderWithTwo();
    folder.write('letter.txt', 'Dear reader,\n');
    await makeEmptyLedger(folder.file('newer.db'));
    alterDatabase(folder.file('newer.db'), 'PRAGMA user_version = 99');
    const codes = { 'lost.db': 1, 'letter.txt': 33, 'newer.db': 33 };
    for (const [db, code] of Object.entries(codes)) {
      for (const pair of [
        ['data/a.db', db],
        [db, 'data/a.db'],
      ]) {
        const { status, stdout, stderr } = runQledger(folder.path, 'diff', ...pair);
        expect({ status, stdout }).toEqual({ status: code, stdout: '' });
        expect(stderr).toMatch(new RegExp(`^qledger: ${db}: .*\n$`));
      }
    }
  });

  it('ends with 2 where the command line is wrong', async () => {
    using folder = new TempFolder();
    expect(runQledger(folder.path, 'diff', 'a.db').status).toBe(2);
    const { status, stderr } = runQledger(folder.path, 'diff', 'a.db', 'b.db', '--limit', 'few');
    expect(status).toBe(2);
    expect(stderr).toContain('It is not a whole number above zero.');
  });
});

/** A folder with two ledgers in data/ that hold the same jobs; the second also has a rejected line. */
async function folderWithTwo(): Promise<TempFolder> {
  const folder = new TempFolder();
  const a = folder.write('a.csv', jobsExport(EXAMPLE_JOBS));
  const b = folder.write('b.csv', `${jobsExport([...EXAMPLE_JOBS].reverse())}no job\n`);
  await ingestFiles(folder.file('data/a.db'), [a]);
  await ingestFiles(folder.file('data/b.db'), [b]);
  return folder;
}
