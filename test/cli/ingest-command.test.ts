import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const EXPORT = jobsExport(EXAMPLE_JOBS);

describe('qledger ingest', () => {
  it('loads into data/ and says what was read, what there is now and what to type next', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const { status, stdout, stderr } = runQledger(
      folder.path,
      ...['ingest', 'jobs.csv', '--machine', 'derecho'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^derecho: read 5 lines in [\d.]+ s \([\d,]+ lines\/s\)\n/);
    expect(stdout).toContain(
      '  5 new jobs, 0 known before, 0 rejected, 0 blank or other lines; 2 days summarised\n',
    );
    expect(stdout).toContain(
      '  5 jobs, 3 users, 3 accounts, 5 queues, 2 days from 2026-01-15 to 2026-01-16, ',
    );
    expect(stdout).toMatch(/^ {2}Hours +584\.0 +2\.5 +15\.5$/m);
    expect(stdout).toMatch(/^ {2}Charges +628\.8 +1\.9 +16\.5$/m);
    expect(stdout).toContain('npx qledger usage --by account --db data/derecho.db\n');
    expect(ledgerFaults(folder.file('data/derecho.db'))).toEqual([]);
  });

  it('makes visible what a terminal would act on in what it tells of a file', () => {
    using folder = new TempFolder();
    const [header, row] = EXPORT.split('\n');
    folder.write('jobs.csv', `${header},"x\u001b[31m"\n${row},1\n`);
    const { stderr } = runQledger(folder.path, 'ingest', 'jobs.csv', '--machine', 'derecho');
    expect(stderr).toBe(
      'qledger: warning: jobs.csv: columns that the ledger keeps nothing of: x\u241b[31m\n',
    );
  });

  it('says "nothing new" the second time', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const load = () => runQledger(folder.path, 'ingest', 'jobs.csv', '--machine', 'casper').stdout;
    const totals = (text: string) => text.slice(text.indexOf('Ledger '), text.indexOf('Next:'));
    const first = load();
    const second = load();
    expect(second).toContain('  nothing new, 0 known before, 0 rejected,');
    expect(second).toContain('  1 file has not changed since being read');
    expect(totals(second).replace(/[\d.]+ MB/, '')).toBe(totals(first).replace(/[\d.]+ MB/, ''));
  });

  it('with --json prints one JSON object and nothing else', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    const args = ['ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'my.db', '--json'];
    const { status, stdout, stderr } = runQledger(folder.path, ...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const counts = { lines: 5, jobs: 5, duplicates: 0, rejects: 0, skippedLines: 0 };
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'ingest',
      machine: 'derecho',
      ledger: 'my.db',
      run: 1,
      files: [{ path: 'jobs.csv', ...counts, unknownLabels: [] }],
      counts,
      rejects: [],
      days: ['2026-01-15', '2026-01-16'],
      totals: { jobs: 5, cpuHours: 584, cpuCharges: 628.8 },
      notes: [],
    });
  });

  it('with --quiet prints nothing when all is well, and warnings when it is not', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    folder.write('broken.csv', `${EXPORT.replace(',Priority', ',Mood')}no job\n`);
    const args = ['--machine', 'derecho', '--quiet'];
    const quiet = runQledger(folder.path, 'ingest', 'jobs.csv', ...args);
    expect(quiet).toEqual({ status: 0, stdout: '', stderr: '' });
    const warned = runQledger(folder.path, 'ingest', 'broken.csv', ...args);
    expect(warned).toEqual({
      status: 10,
      stdout: '',
      stderr:
        'qledger: warning: broken.csv: columns that the ledger keeps nothing of: Mood\n' +
        'qledger: warning: 1 rejected as field-count, first broken.csv:7: ' +
        'expected 30 fields as in the header, found 1\n',
    });
  });

  it('takes machine, zone and unit of time from its options', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport([{ Elapsed: '90.0' }]));
    folder.write(
      'site.toml',
      '[machines.aurora]\ntime-zone = "Europe/Oslo"\n[[machines.aurora.rules]]\n' +
        'queue = "*"\ncpu = { per-node = 10 }\ngpu = "none"\n',
    );
    const { status } = runQledger(
      folder.path,
      ...['ingest', 'jobs.csv', '--machine', 'aurora', '--config', 'site.toml'],
      ...['--timezone', 'UTC', '--time-unit', 'm', '--quiet'],
    );
    expect(status).toBe(0);
    expect(ledgerJobs(folder.file('data/aurora.db'))).toMatchObject([
      { end: Date.parse('2026-01-15T11:30:00Z') / 1000, elapsed: 5400, cpu_hours: 30 },
    ]);
  });

  it.each([
    [
      22,
      'no export',
      ['ingest', 'letter.txt', '--machine', 'derecho'],
      /^qledger: letter\.txt: not a qhist export/,
    ],
    [
      22,
      'missing',
      ['ingest', 'lost.csv', '--machine', 'derecho'],
      /^qledger: lost\.csv: no such file/,
    ],
    [
      33,
      'a ledger that is a text',
      ['ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'letter.txt'],
      /^qledger: letter\.txt: not a database at all/,
    ],
    [
      1,
      'a ledger below a file',
      ['ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'letter.txt/l.db'],
      /^qledger: letter\.txt\/l\.db: /,
    ],
  ])('ends with %i and one line at what is %s', (code, _what, args, line) => {
    using folder = new TempFolder();
    folder.write('jobs.csv', EXPORT);
    folder.write('letter.txt', 'Dear reader,\n');
    const { status, stdout, stderr } = runQledger(folder.path, ...args);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(folder.names()).toEqual(['jobs.csv', 'letter.txt']);
  });
});
