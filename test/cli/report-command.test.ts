import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REPORT_FORMATS } from '../../src/output/format.ts';
import { PLOT_FILES } from '../../src/reports/plot-files/plot-files.ts';
import { REPORTS } from '../../src/reports/registry.ts';
import { folderWith } from '../support/folder-with.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { type CommandResult, runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const DOCS = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const FORMAT_DOCS = readFileSync(new URL('../../docs/output-formats.md', import.meta.url), 'utf8');

describe('docs/reports.md', () => {
  it('names every report', () => {
    for (const { name } of REPORTS) expect(DOCS).toContain(`| \`${name}\` |`);
  });

  it.each([
    ['report', ['--chart', '--config', '--explain', '--format', '--period', '--resource']],
    ['report pack', ['--config', '--format', '--html', '--out', '--period']],
    ['jobs', ['--cursor', '--facets', '--max', '--min', '--run']],
  ])('names every flag of %s', (command, some) => {
    using folder = new TempFolder();
    const help = runQledger(folder.path, ...command.split(' '), '--help').stdout;
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
    expect(flags).toEqual(expect.arrayContaining(some));
    const untold = flags.filter(
      (flag) => flag !== '--help' && !new RegExp(`${flag}(?![a-z-])`).test(DOCS),
    );
    expect(untold).toEqual([]);
  });
});

describe('docs/output-formats.md', () => {
  it('names every format and every file for plotting', () => {
    for (const format of [...REPORT_FORMATS, 'dat']) expect(FORMAT_DOCS).toContain(`\`${format}\``);
    for (const { name } of PLOT_FILES) expect(FORMAT_DOCS).toContain(`\`${name}\``);
  });
});

describe('qledger report', () => {
  it('lists all reports, with and without --list', () => {
    using folder = new TempFolder();
    const { status, stdout } = runQledger(folder.path, 'report', '--list');
    expect(status).toBe(0);
    for (const { name } of REPORTS) expect(stdout).toMatch(new RegExp(`^${name} +`, 'm'));
    expect(runQledger(folder.path, 'report').stdout).toBe(stdout);
  });

  it('suggests the nearest name where there is no such report', async () => {
    using folder = await folderWith('derecho');
    expect(runQledger(folder.path, 'report', 'usage-by-acount')).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'qledger: usage-by-acount: there is no such report; did you mean usage-by-account? ' +
        'All are listed by: qledger report --list\n',
    });
  });

  it('asks about the window that is named', async () => {
    using folder = await folderWith('derecho');
    const windows: [string[], string][] = [
      [[], '2026-01-15 to 2026-01-16'],
      [['--from', '2026-01-16'], '2026-01-16 to 2026-01-16'],
      [['--to', '2026-01-15'], '2026-01-15 to 2026-01-15'],
      [['--last', '1d'], '2026-01-16 to 2026-01-16'],
      [['--last', 'month'], '2025-12-01 to 2025-12-31'],
      [['--month', '2026-01'], '2026-01-01 to 2026-01-31'],
    ];
    for (const [options, window] of windows) {
      const { stdout } = runQledger(folder.path, 'report', 'exit-statuses', ...options);
      expect(stdout.split('\n')[0]).toBe(`derecho, exit statuses, ${window}`);
    }
  });

  it('refuses what can not be asked, before it prints anything', async () => {
    using folder = await folderWith('derecho');
    const refused: [string[], string][] = [
      [['--month', '2026-13'], '--month 2026-13: not a month such as 2026-01'],
      [['--last', 'fortnight'], '--last fortnight: neither days such as 30d nor day, week'],
      [['--from', '2026-02-01', '--to', '2026-01-01'], '--from 2026-02-01 is later than --to'],
      [['--month', '2026-01', '--last', '3d'], 'cannot be used with'],
      [['--from', 'yesterday'], 'It is not a day such as 2026-01-31.'],
      [['--top', '0'], 'It is not a whole number above zero.'],
      [['--resource', 'gpu'], '--resource is for --format dat'],
    ];
    for (const [options, message] of refused) {
      const asked = ['report', 'usage-by-user', ...options];
      const { status, stdout, stderr } = runQledger(folder.path, ...asked);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(message);
    }
  });

  it('prints in each format, as do jobs and usage', async () => {
    using folder = await folderWith('derecho');
    const beginnings = {
      table: /^derecho, /,
      csv: /^\w+(,\w+)*\r\n/,
      json: /^\{\n {2}"kind": "/,
      ndjson: /^\{"\w+":.*\}\n/,
      markdown: /^## derecho, /,
      html: /^<!doctype html>\n/,
    };
    for (const format of REPORT_FORMATS) {
      const asked = ['report', 'usage-by-user', '--format', format];
      const { status, stdout } = runQledger(folder.path, ...asked);
      expect(status).toBe(0);
      expect(stdout).toMatch(beginnings[format]);
    }
    for (const command of ['jobs', 'usage']) {
      const { stdout } = runQledger(folder.path, command, '--format', 'markdown');
      expect(stdout).toMatch(beginnings.markdown);
    }
  });

  it('goes by what the configuration tells of the machine, if it has it', async () => {
    using folder = await folderWith('derecho');
    const rowsOf = (report: string, ...options: string[]): unknown[] => {
      const asked = ['report', report, '--format', 'json', ...options];
      const { stdout } = runQledger(folder.path, ...asked);
      return JSON.parse(stdout).rows;
    };
    expect(rowsOf('usage-by-facility')).toMatchObject([{ facility: 'NCAR', jobs: 5 }]);
    const machine = (name: string): string => `[machines.${name}]
time-zone = "America/Denver"
facilities = { NUMB0001 = "East" }
[[machines.${name}.rules]]
queue = "*"
cpu = "none"
gpu = "none"
[[machines.${name}.budgets]]
account = "NUMB0001"
cpu = 1000
`;
    const site = folder.write('site.toml', machine('derecho'));
    const facilities = rowsOf('usage-by-facility', '--config', site);
    expect(facilities).toMatchObject([
      { facility: 'East', jobs: 2 },
      { facility: 'other', jobs: 3 },
    ]);
    expect(rowsOf('allocations', '--config', site)).toMatchObject([
      { account: 'NUMB0001', cpu_used: 580, cpu_remaining: 420 },
    ]);
    folder.write('qledger.toml', `${machine('derecho')}\nbudget = 1\n`);
    const { status, stderr } = runQledger(folder.path, 'report', 'usage-by-facility');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('budgets[0].budget: unknown key (allowed: account,'),
    });
  });

  it('knows nothing of a machine that is not configured', async () => {
    using folder = await folderWith('derecho');
    alterDatabase(folder.file('data/derecho.db'), "UPDATE ledger SET machine = 'aurora'");
    const { stdout } = runQledger(
      folder.path,
      'report',
      'usage-by-facility',
      '--db',
      'data/derecho.db',
    );
    expect(stdout).toMatch(/^other .* 5 /m);
    expect(stdout).toContain('does not say which facility');
  });

  it('says in JSON into what the window was cut, where it was', async () => {
    using folder = await folderWith('derecho');
    const json = (...words: string[]): unknown =>
      JSON.parse(runQledger(folder.path, 'report', ...words, '--format', 'json').stdout);
    expect(json('usage-history', '--period', 'day')).toMatchObject({
      kind: 'usage-history',
      period: 'day',
      rows: [
        { day: '2026-01-15', jobs: 3 },
        { day: '2026-01-16', jobs: 2 },
      ],
    });
    expect(json('usage-by-user', '--period', 'day')).not.toHaveProperty('period');
  });
});

describe('qledger report --format dat', () => {
  it('is the file that scripts plot, of CPUs unless it is told', async () => {
    using folder = await folderWith('derecho');
    const dat = (...options: string[]): CommandResult =>
      runQledger(folder.path, ...['report', 'usage-by-user', '--format', 'dat', ...options]);
    expect(dat().stdout).toBe(
      ['User-ids       Usage          Counts', 'ada            388.0          2', ''].join('\n'),
    );
    expect(dat('--resource', 'gpu').stdout).toMatch(/^bob +2\.0 +1$/m);
  });

  it('says of which reports there is one', async () => {
    using folder = await folderWith('derecho');
    const none = runQledger(folder.path, ...['report', 'efficiency-by-user', '--format', 'dat']);
    expect(none).toMatchObject({ status: 2, stdout: '' });
    expect(none.stderr).toMatch(
      /^qledger: --format dat: there is no such file of efficiency-by-user; there are some of usage-by-user, /,
    );
    const cpuOnly = ['report', 'waits-by-nodes', '--format', 'dat', '--resource', 'gpu'];
    expect(runQledger(folder.path, ...cpuOnly)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'qledger: --resource gpu: the dat file of waits-by-nodes is of CPUs alone\n',
    });
  });
});

describe('qledger report pack', () => {
  it('writes all reports into a folder, and lists the files', async () => {
    using folder = await folderWith('derecho');
    const { status, stdout, stderr } = runQledger(folder.path, 'report', 'pack', '--out', 'a/b');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const names = REPORTS.map(({ name }) => `derecho_${name}_2026-01-15_2026-01-16.csv`);
    expect(stdout).toBe(names.map((name) => `a/b/${name}\n`).join(''));
    expect(folder.names('a/b')).toEqual([...names].sort());
    const one = readFileSync(folder.file(`a/b/${names[0]}`), 'utf8');
    const printed = ['report', 'usage-by-user', '--format', 'csv'];
    expect(one).toBe(runQledger(folder.path, ...printed).stdout);
  });

  it('writes the files that scripts plot, of each machine', async () => {
    using folder = await folderWith('casper', 'derecho');
    const pack = ['report', 'pack', '--out', 'plots', '--format', 'dat', '--month', '2026-01'];
    const options = ['--period', 'day', '--machine', 'all'];
    expect(runQledger(folder.path, ...pack, ...options).status).toBe(0);
    const names = folder.names('plots');
    expect(names).toHaveLength(2 * PLOT_FILES.length);
    expect(names).toContain('Ca_pie_proj_gpu_2026-01-01_2026-01-31.dat');
    const history = folder.file('plots/De_usage_history_2026-01-01_2026-01-31.dat');
    expect(readFileSync(history, 'utf8').trimEnd().split('\n')).toHaveLength(1 + 31);
    // Again, over the files that are there.
    expect(runQledger(folder.path, ...pack, ...options).status).toBe(0);
    expect(folder.names('plots')).toEqual(names);
  });

  it('says what is wrong with the folder', async () => {
    using folder = await folderWith('derecho');
    folder.write('letter.txt', 'Dear reader,\n');
    const { status, stdout, stderr } = runQledger(
      folder.path,
      ...['report', 'pack', '--out', 'letter.txt'],
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^qledger: --out letter\.txt: can't be written: /);
    expect(runQledger(folder.path, 'report', 'pack').status).toBe(2);
  });
});

/** A folder with the ledgers of these machines in data/, each of the five example jobs. */
