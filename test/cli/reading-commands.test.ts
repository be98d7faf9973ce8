import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { folderWith } from '../support/folder-with.ts';
import { LAUNCHER, runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('qledger usage', () => {
  it('prints CSV, JSON or a table of the only ledger in data/', async () => {
    using folder = await folderWith('derecho');
    const csv = runQledger(
      folder.path,
      ...['usage', '--by', 'account', '--from', '2026-01-16', '--format', 'csv'],
    );
    expect(csv).toEqual({
      status: 0,
      stdout: [
        'account,jobs,cpu_hours,gpu_hours,memory_hours,cpu_charges,gpu_charges,memory_charges',
        'none,1,4,0,2,4,0,2',
        'NUMB0002,1,128,0,0.5,0,0,0',
        '',
      ].join('\r\n'),
      stderr: '',
    });
    const json = runQledger(folder.path, 'usage', '--format', 'json', '--from', '2026-01-16');
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'usage-by-user',
      machine: 'derecho',
      from: '2026-01-16',
      to: '2026-01-16',
      rows: [
        { user: 'ada', jobs: 1, cpu_hours: 4 },
        { user: 'carl', jobs: 1, cpu_charges: 0 },
      ],
      notes: [],
    });
    const table = runQledger(folder.path, 'usage', '--machine', 'derecho', '--to', '2026-01-15');
    expect(table.stdout).toMatch(/^derecho, usage by user, 2026-01-15 to 2026-01-15\n\nUser /);
    expect(table.stdout).toMatch(/^ada +2 +388\.0 +0\.5 +8\.0 +580\.0 +0\.5 +11\.0$/m);
  });

  it('asks which ledger where there are several', async () => {
    using folder = await folderWith('casper', 'derecho');
    expect(runQledger(folder.path, 'usage')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'qledger: there are several ledgers (data/casper.db, data/derecho.db); ' +
        'choose with --machine <name> or --db <file>\n',
    });
    expect(runQledger(folder.path, 'usage', '--machine', 'casper').stdout).toMatch(/^casper, /);
  });

  it('ends with 1 and one line where the ledger is missing', () => {
    using folder = new TempFolder();
    expect(runQledger(folder.path, 'usage', '--machine', 'casper')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'qledger: data/casper.db: there is no ledger. ' +
        'Make one with: qledger ingest <file...> --machine <name>\n',
    });
  });
});

describe('qledger status', () => {
  it('tells of every ledger in data/', async () => {
    using folder = await folderWith('casper', 'derecho');
    const { status, stdout, stderr } = runQledger(folder.path, 'status');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^data\/casper\.db: casper, days in America\/Denver, schema 1, charge rules v1\n\n5 jobs, /,
    );
    expect(stdout).toMatch(/^data\/derecho\.db: derecho, /m);
    expect(stdout).toMatch(
      /^ +1 {2}ingest +complete +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ +\d+ {2}v1$/m,
    );
  });

  it('with --json prints an array of them', async () => {
    using folder = await folderWith('casper', 'derecho');
    const all = JSON.parse(runQledger(folder.path, 'status', '--json').stdout);
    expect(all).toMatchObject([
      { ledger: 'data/casper.db', machine: 'casper', totals: { jobs: 5, cpuHours: 149 } },
      { ledger: 'data/derecho.db', machine: 'derecho', totals: { jobs: 5, cpuHours: 584 } },
    ]);
    const one = runQledger(folder.path, 'status', '--json', '--db', 'data/derecho.db');
    expect(JSON.parse(one.stdout)).toEqual([all[1]]);
  });

  it('ends quietly where nobody reads its output any more', async () => {
    using folder = await folderWith('casper');
    const { stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$1" status | true', process.execPath, LAUNCHER],
      { cwd: folder.path, encoding: 'utf8' },
    );
    expect(stderr).toBe('');
  });

  it.each([
    [1, 'missing', 'lost.db'],
    [33, 'a text', 'letter.txt'],
  ])('ends with %i and one line where the ledger is %s', (code, _what, db) => {
    using folder = new TempFolder();
    folder.write('letter.txt', 'Dear reader,\n');
    const { status, stdout, stderr } = runQledger(folder.path, 'status', '--db', db);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^qledger: ${db}: .*\n$`));
  });
});
