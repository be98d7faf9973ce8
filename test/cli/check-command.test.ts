import { describe, expect, it } from 'vitest';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** Older than any job of today's tests can be, so that the age of a sample job is nobody's fault. */
const LONG_AGO = ['--max-age', '100000d'];

describe('qledger check', () => {
  it('ends with 0 and ok where all is well', async () => {
    using folder = await folderWith('derecho');
    const { status, stdout, stderr } = runQledger(folder.path, 'check', ...LONG_AGO);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^derecho: ok, ledger data\/derecho\.db, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\n {2}ok +newest-job +the newest job ended 2026-01-15T18:30:00Z, \d+ days ago\n/,
    );
  });

  it('ends with 1 and says what to do on a warning', async () => {
    using folder = await folderWith('derecho');
    const later = { 'Job ID': '7002.s', 'Job Start': '2026-01-18 10:00:00' };
    const file = folder.write(
      'later.csv',
      jobsExport([{ ...later, 'Job End': '2026-01-18 11:30:00' }]),
    );
    await ingestFiles(folder.file('data/derecho.db'), [file]);
    const days = ['--from', '2026-01-01', '--to', '2026-01-31'];
    const { status, stdout } = runQledger(folder.path, 'check', ...LONG_AGO, ...days);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^derecho: warning \(missing-days\), /);
    expect(stdout).toMatch(
      /^ {2}warning {3}missing-days {2}2 days have no job: 2026-01-16 to 2026-01-17\. Unless /m,
    );
  });

  it('ends with 2 where it is critical, or the ledger is missing', async () => {
    using folder = await folderWith('derecho');
    const { status, stdout } = runQledger(folder.path, 'check', '--max-age', '1s');
    expect(status).toBe(2);
    expect(stdout).toMatch(/^derecho: critical \(newest-job/);
    expect(runQledger(folder.path, 'check', '--machine', 'casper')).toEqual({
      status: 2,
      stdout:
        'casper: critical (ledger), ledger data/casper.db\n' +
        '  critical  ledger        data/casper.db: there is no ledger. ' +
        'Make one with: qledger ingest <file...> --machine <name>\n',
      stderr: '',
    });
  });

  it('with --json tells of every ledger in data/, and the worst of all', async () => {
    using folder = await folderWith('casper', 'derecho');
    const { status, stdout } = runQledger(folder.path, 'check', '--json', ...LONG_AGO);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'check',
      checkedAt: expect.stringMatching(/Z$/),
      verdict: 'ok',
      ledgers: [
        { ledger: 'data/casper.db', machine: 'casper', figures: { missingDays: [] } },
        {
          machine: 'derecho',
          verdict: 'ok',
          checks: expect.arrayContaining([
            { check: 'runs', verdict: 'ok', message: expect.any(String), advice: null },
          ]),
          figures: { newestEnd: '2026-01-15T18:30:00Z', lastIngest: { run: 1, lines: 1 } },
        },
      ],
    });
  });

  it('as metrics ends with 0 whatever it finds', async () => {
    using folder = await folderWith('casper', 'derecho');
    const { status, stdout } = runQledger(
      folder.path,
      ...['check', '--format', 'prometheus', '--max-age', '1s'],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('qledger_check{machine="derecho",check="newest-job"} 2\n');
    const end = Date.parse('2026-01-15T18:30:00Z') / 1000;
    const name = 'qledger_last_job_end_timestamp_seconds';
    expect(stdout).toContain(
      [
        `# TYPE ${name} gauge`,
        `${name}{machine="casper"} ${end}`,
        `${name}{machine="derecho"} ${end}`,
        '',
      ].join('\n'),
    );
    const twin = runQledger(folder.path, ...['check', '--format', 'prometheus', '--db', 'lost.db']);
    expect(twin.stdout).toMatch(/^qledger_check\{machine="lost",check="ledger"\} 2$/m);
  });

  it('refuses metrics of two ledgers of one machine', async () => {
    using folder = await folderWith('derecho');
    const file = folder.write('jobs.csv', jobsExport([{}]));
    await ingestFiles(folder.file('data/old.db'), [file]);
    const { status, stdout, stderr } = runQledger(folder.path, 'check', '--format', 'prometheus');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^qledger: data\/derecho\.db and data\/old\.db are both of derecho/);
  });

  it('refuses a window that ends before it begins, and what is no duration', async () => {
    using folder = await folderWith('derecho');
    const days = ['--from', '2026-02-01', '--to', '2026-01-01'];
    expect(runQledger(folder.path, 'check', ...days)).toMatchObject({
      status: 2,
      stderr: 'qledger: --from 2026-02-01 is later than --to 2026-01-01\n',
    });
    expect(runQledger(folder.path, 'check', '--max-age', '26').stderr).toContain('such as 26h');
  });
});

/** A folder with the ledgers of these machines in data/, each of one job. */
async function folderWith(...machines: string[]): Promise<TempFolder> {
  const folder = new TempFolder();
  const file = folder.write('jobs.csv', jobsExport([{}]));
  for (const name of machines) {
    await ingestFiles(folder.file(`data/${name}.db`), [file], { machine: presetMachine(name) });
  }
  return folder;
}
