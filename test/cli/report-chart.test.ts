import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REPORTS } from '../../src/reports/registry.ts';
import { folderWith } from '../support/folder-with.ts';
import { runQledger } from '../support/run-qledger.ts';

describe('qledger report --chart', () => {
  it('draws what it prints into a file, and tells its path', async () => {
    using folder = await folderWith('derecho');
    const asked = ['report', 'usage-by-user', '--top', '2'];
    const { status, stdout, stderr } = runQledger(folder.path, ...asked, '--chart', 'users.svg');
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'qledger: the chart is in users.svg\n',
    });
    expect(stdout).toBe(runQledger(folder.path, ...asked).stdout);
    const svg = readFileSync(folder.file('users.svg'), 'utf8');
    expect(svg).toMatch(/^<svg .*aria-label="Usage by user: derecho, 2026-01-15 to 2026-01-16"/);
    expect(svg).toMatch(/>ada {2}67\.1 %</);
    // No part of a file is left.
    expect(folder.names().filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('draws PNG, of several machines too', async () => {
    using folder = await folderWith('casper', 'derecho');
    const asked = ['report', 'usage-history', '--period', 'day', '--machine', 'all'];
    expect(runQledger(folder.path, ...asked, '--chart', 'history.PNG').status).toBe(0);
    const png = readFileSync(folder.file('history.PNG'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Six panels, three of each machine.
    expect(runQledger(folder.path, ...asked, '--chart', 'history.svg').status).toBe(0);
    const svg = readFileSync(folder.file('history.svg'), 'utf8');
    expect(svg.match(/>(casper|derecho): (Jobs|CPU hours|GPU hours)[ <]/g)).toHaveLength(6);
  });

  it('says so where there are no jobs', async () => {
    using folder = await folderWith('derecho');
    const asked = ['report', 'job-durations', '--month', '2030-01', '--chart', 'none.svg'];
    expect(runQledger(folder.path, ...asked).status).toBe(0);
    expect(readFileSync(folder.file('none.svg'), 'utf8')).toContain('>No jobs in this window<');
  });

  it('refuses what it can not draw, before anything is printed', async () => {
    using folder = await folderWith('derecho');
    const refused: [string[], string][] = [
      [['usage-by-user', '--chart', 'users.pdf'], 'It ends in neither .svg nor .png'],
      [['usage-by-user', '--chart', 'svg'], 'It ends in neither .svg nor .png'],
      [
        ['daily-summary', '--chart', 'days.svg'],
        '--chart: there is no chart of daily-summary, which is a table to look things up in; there are charts of usage-by-user, ',
      ],
      [
        ['usage-by-user', '--format', 'dat', '--chart', 'a.svg'],
        '--chart: a dat file is for scripts',
      ],
      [['usage-by-user', '--chart', 'missing/a.svg'], "--chart missing/a.svg: can't be written: "],
    ];
    for (const [words, message] of refused) {
      const { status, stdout, stderr } = runQledger(folder.path, 'report', ...words);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toContain(message);
    }
  });
});

describe('qledger report pack --html', () => {
  it('writes one page with each report but the daily summary', async () => {
    using folder = await folderWith('derecho');
    const pack = ['report', 'pack', '--html', 'page.html', '--period', 'day'];
    expect(runQledger(folder.path, ...pack)).toEqual({
      status: 0,
      stdout: 'page.html\n',
      stderr: '',
    });
    const html = readFileSync(folder.file('page.html'), 'utf8');
    const sections = [...html.matchAll(/<section id="([^"]+)">/g)].map(([, id]) => id);
    const others = REPORTS.map(({ name }) => name).filter(
      (name) => name !== 'daily-summary' && name !== 'usage-history',
    );
    expect(sections).toEqual(['usage-history', ...others]);
    expect(html).toContain('<dt>Jobs</dt><dd>5</dd>');
    expect(html.match(/<svg /g)).toHaveLength(sections.length - 1);
    expect(html.replaceAll(/xmlns(:\w+)?="[^"]*"/g, '')).not.toMatch(/https?:|<script/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    runQledger(folder.path, ...pack);
    expect(readFileSync(folder.file('page.html'), 'utf8')).toBe(html);
  });

  it('cuts tables, says so, and is of several machines', async () => {
    using folder = await folderWith('casper', 'derecho');
    const all = ['--html', 'all.html', '--out', 'files', '--machine', 'all', '--top', '1'];
    const { status, stdout } = runQledger(folder.path, 'report', 'pack', ...all);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toBe('all.html');
    expect(folder.names('files')).toHaveLength(REPORTS.length);
    const html = readFileSync(folder.file('all.html'), 'utf8');
    expect(html).toContain('<h3>casper</h3>');
    const users = html.split('<section id="usage-by-user">')[1].split('</section>')[0];
    expect(users).toContain('<li>derecho: The first 1 of 3 rows.</li>');
    expect(users).toContain('The last line adds up the lines that are shown');
    // Its head, a row of each machine and their sum.
    expect(users.match(/<tr>/g)).toHaveLength(4);
  });

  it('is whole or not there, and a pack needs a place', async () => {
    using folder = await folderWith('derecho');
    const lost = runQledger(folder.path, 'report', 'pack', '--html', 'missing/page.html');
    expect(lost).toMatchObject({ status: 2, stdout: '' });
    expect(lost.stderr).toMatch(/^qledger: --html missing\/page\.html: can't be written: /);
    const nowhere = runQledger(folder.path, 'report', 'pack');
    expect(nowhere).toMatchObject({ status: 2, stdout: '' });
    expect(nowhere.stderr).toMatch(/^qledger: say where to: --out <dir> .* --html <file>/);
  });
});
