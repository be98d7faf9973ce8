import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LABELS, exportLine, exportText } from '../sources/qhist-csv/export-line.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport, LABELS } from '../support/jobs-export.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const LONG = { 'Job ID': '7002.sched1', Elapsed: 'long' };
const NEVER = { 'Job ID': '7003.sched1', 'Job End': 'never' };

describe('qledger rejects list', () => {
  it('is a table by code with an example of each', async () => {
    using folder = await folderWithRejects();
    const { status, stdout, stderr } = runQledger(folder.path, 'rejects');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Rejects +Files +Code +Id +Example\n/);
    expect(stdout).toMatch(/^ +1 +1 +bad-number +\d+ +broken\.csv:3: "Elapsed" is "long", /m);
    expect(stdout).toContain('qledger rejects show <id or code> --db data/derecho.db');
    const none = runQledger(folder.path, 'rejects', 'list', '--file', 'other.csv');
    expect(none.stdout).toBe('No rejects.\n');
  });

  it('with --json is one object that says what the codes mean', async () => {
    using folder = await folderWithRejects();
    const { stdout } = runQledger(
      folder.path,
      ...['rejects', 'list', '--json', '--code', 'bad-time', '--run', '1'],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'rejects-by-code',
      machine: 'derecho',
      ledger: 'data/derecho.db',
      rejects: 1,
      groups: [
        {
          code: 'bad-time',
          meaning: 'a time is not a calendar date and time of day',
          count: 1,
          examples: [{ path: folder.file('broken.csv'), line: 4 }],
        },
      ],
    });
  });
});

describe('qledger rejects show', () => {
  it('shows text, place and meaning of one or of a code, control characters made visible', async () => {
    using folder = await folderWithRejects();
    const byCode = runQledger(folder.path, 'rejects', 'show', 'control-character');
    expect(byCode.stdout).toMatch(
      /^Reject \d+: \S+broken\.csv:5, byte \d+ \(qhist-csv\), run 1\n {2}control-character: the line holds control characters\n/,
    );
    expect(byCode.stdout).toMatch(/^ {2}\| 7004\.sched1,.*engine␛\[31m,/m);
    const id = byCode.stdout.split(/[ :]/)[1];
    expect(runQledger(folder.path, 'rejects', 'show', id).stdout).toBe(byCode.stdout);
    const json = JSON.parse(runQledger(folder.path, 'rejects', 'show', id, '--json').stdout);
    expect(json).toMatchObject({
      kind: 'rejects',
      rejects: [{ code: 'control-character', line: 5, cut: false }],
    });
    expect(json.rejects[0].rawText).toContain('engine\x1b[31m');
  });

  it('refuses what is neither an id nor a code', async () => {
    using folder = await folderWithRejects();
    const unknown = runQledger(folder.path, 'rejects', 'show', 'bad-luck');
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/^qledger: bad-luck: neither .* the codes are .*bad-time/);
    expect(runQledger(folder.path, 'rejects', 'show', '999').stderr).toMatch(
      /^qledger: data\/derecho\.db has no reject 999\. /,
    );
  });
});

describe('qledger rejects export', () => {
  it('writes a file that can be mended and ingested', async () => {
    using folder = await folderWithRejects();
    const { status, stdout } = runQledger(
      folder.path,
      ...['rejects', 'export', '--out', 'mended.csv', '--code', 'bad-number'],
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^mended\.csv: 1 reject \(qhist-csv\)\n/);
    expect(stdout).toContain('qledger ingest mended.csv --machine derecho --db data/derecho.db');
    const text = readFileSync(folder.file('mended.csv'), 'utf8');
    expect(text).toBe(jobsExport([LONG]));
    folder.write('mended.csv', text.replace(',long,', ',1.5,'));
    await ingestFiles(folder.file('data/derecho.db'), [folder.file('mended.csv')]);
    const jobs = queryColumn(folder.file('data/derecho.db'), 'SELECT job_id FROM jobs ORDER BY 1');
    expect(jobs).toEqual(['7001.sched1', '7002.sched1']);
  });

  it('leaves out texts that may be cut, and says so', async () => {
    using folder = await folderWithRejects();
    const long = exportLine({ 'Job Name': 'x'.repeat(5000), Elapsed: 'long' }, LABELS);
    const file = folder.write('long.csv', `${jobsExport([])}${long}\n`);
    await ingestFiles(folder.file('data/derecho.db'), [file]);
    const { stdout } = runQledger(
      folder.path,
      ...['rejects', 'export', '--out', 'mended.csv', '--json'],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'rejects-export',
      machine: 'derecho',
      out: 'mended.csv',
      format: 'qhist-csv',
      exported: 3,
      cut: 1,
      replaced: 0,
      notes: [
        expect.stringMatching(/^1 not exported, because a ledger keeps 4,096 bytes of a line/),
      ],
    });
    expect(readFileSync(folder.file('mended.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(4);
  });

  it('does not touch a file that is there, nor join what has different headers', async () => {
    using folder = await folderWithRejects();
    folder.write('mended.csv', 'a night of work\n');
    const args = ['rejects', 'export', '--out', 'mended.csv'];
    const there = runQledger(folder.path, ...args);
    expect(there.status).toBe(2);
    expect(there.stderr).toMatch(/^qledger: --out mended\.csv: the file is there already/);
    expect(readFileSync(folder.file('mended.csv'), 'utf8')).toBe('a night of work\n');

    const other = folder.write('other.csv', exportText([{ Elapsed: 'odd' }], DEFAULT_LABELS));
    await ingestFiles(folder.file('data/derecho.db'), [other]);
    const mixed = runQledger(folder.path, 'rejects', 'export', '--out', 'all.csv');
    expect(mixed.status).toBe(2);
    expect(mixed.stderr).toContain('different formats or headers');
    expect(folder.names()).not.toContain('all.csv');
    const one = runQledger(
      folder.path,
      ...['rejects', 'export', '--out', 'one.csv', '--file', 'other.csv'],
    );
    expect(one.status).toBe(0);
  });

  it('writes nothing where there is nothing', async () => {
    using folder = await folderWithRejects();
    const args = ['rejects', 'export', '--out', 'none.csv', '--code', 'skipped-hour'];
    expect(runQledger(folder.path, ...args)).toEqual({
      status: 0,
      stdout: 'No such rejects; nothing was written.\n',
      stderr: '',
    });
    expect(folder.names()).not.toContain('none.csv');
  });
});

/** A ledger of one job and three lines that are none. */
async function folderWithRejects(): Promise<TempFolder> {
  const folder = new TempFolder();
  const control = { 'Job ID': '7004.sched1', 'Job Name': 'engine\x1b[31m' };
  const file = folder.write('broken.csv', jobsExport([{}, LONG, NEVER, control]));
  await ingestFiles(folder.file('data/derecho.db'), [file]);
  return folder;
}
