import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const [ADA, BOB, ...OTHERS] = EXAMPLE_JOBS;
const IN_FEBRUARY = {
  ...ADA,
  'Job ID': '201.desched1',
  'Job Submit': '2026-02-01 09:00:00',
  'Eligible Time': '',
  'Job Start': '2026-02-01 10:00:00',
  'Job End': '2026-02-01 11:30:00',
};
const REBUILD = ['rebuild', 'raw', '--machine', 'derecho', '--db', 'ledger.db'];

describe('qledger rebuild', () => {
  it('compares by month, names what is lost and leaves the old ledger in service', async () => {
    using folder = await folderWithLedger([...OTHERS, IN_FEBRUARY], { ...BOB, Elapsed: '0.25' });
    const { status, stdout, stderr } = runQledger(folder.path, ...REBUILD);
    expect(status).toBe(23);
    expect(stderr).toBe(
      'qledger: checking the new ledger\n' +
        'qledger: comparing it with the old one\n' +
        'qledger: warning: jobs of the old ledger that the new one lacks: 1. The old one stays in service. ' +
        'Name the files that they came from too, or add --allow-loss\n',
    );
    const lines = stdout.replaceAll(/[\d.]+ s$/gm, '… s').replaceAll(/passed \d+/g, 'passed …');
    expect(lines).toBe(`derecho: read 5 lines of 2 files in … s
  5 jobs, 0 more than once, 0 rejected, 0 blank or other lines
  the new ledger has passed … checks

  Month                   Old    New  Difference
  all      Jobs             5      5           0
           CPU hours    584.0  552.0       -32.0
           GPU hours      2.5    1.5        -1.0
           GiB-hours     15.5   13.0        -2.5
           CPU charges  628.8  606.4       -22.4
           GPU charges    1.9    1.2        -0.7
           GiB charges   16.5   14.8        -1.8
  2026-01  Jobs             5      4          -1
           CPU hours    584.0  168.0      -416.0
           GPU hours      2.5    1.5        -1.0
           GiB-hours     15.5    7.0        -8.5
           CPU charges  628.8   30.4      -598.4
           GPU charges    1.9    1.2        -0.7
           GiB charges   16.5    5.8       -10.8
  2026-02  Jobs             0      1          +1
           CPU hours      0.0  384.0      +384.0
           GiB-hours      0.0    6.0        +6.0
           CPU charges    0.0  576.0      +576.0
           GiB charges    0.0    9.0        +9.0

  Months that are the same: 0 of 2
  Jobs only in the old ledger: 1; only in the new one: 1

  Lost jobs came from:
    old.csv: 1
  Such as:
    101.desched1 of ada in cpu, ended 2026-01-15T18:30:00Z, old.csv:2

Refused: ledger.db is as it was.
`);
    expect(queryColumn(folder.file('ledger.db'), 'SELECT command FROM runs')).toEqual(['ingest']);
  });

  it('puts a new ledger into service where nothing is lost', async () => {
    using folder = await folderWithLedger([ADA, BOB], ...OTHERS);
    const { status, stdout } = runQledger(folder.path, ...REBUILD);
    expect(status).toBe(0);
    expect(stdout).toContain(
      '\n  Months that are the same: 1 of 1\n  Jobs only in the old ledger: 0; only in the new one: 0\n',
    );
    expect(stdout).toMatch(/\nLedger ledger\.db, rebuilt\n {2}5 jobs, 3 users, /);
    expect(stdout).toMatch(/\nThe old one is .*\/?ledger\.db\.\d{4}-\d\d-\d\dT\d{6}Z\.bak\n$/);
  });

  it('with --json and --report tells the same as one object', async () => {
    using folder = await folderWithLedger([ADA, BOB], ...OTHERS);
    const options = ['--dry-run', '--json', '--report', 'report.json'];
    const { status, stdout, stderr } = runQledger(folder.path, ...REBUILD, ...options, '--quiet');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'rebuild',
      status: 'compared',
      machine: 'derecho',
      ledger: 'ledger.db',
      counts: { lines: 5, jobs: 5 },
      comparison: {
        months: [{ month: '2026-01', old: { jobs: 5 }, new: { jobs: 5 } }],
        lost: { jobs: 0 },
        gainedJobs: 0,
      },
      backup: null,
      exitCode: 0,
    });
    expect(readFileSync(folder.file('report.json'), 'utf8')).toBe(stdout);
  });

  it('with --quiet prints nothing when all is well', async () => {
    using folder = await folderWithLedger([ADA, BOB], ...OTHERS);
    const quiet = runQledger(folder.path, ...REBUILD, '--quiet', '--keep', '0');
    expect(quiet).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(folder.names()).toEqual(['ledger.db', 'old.csv', 'raw']);
  });

  it.each([
    [['--keep', 'two'], "argument 'two' is invalid"],
    [['--timezone', 'Mars'], 'not an IANA time zone'],
  ])('with %j says what is wrong and does nothing', async (options, message) => {
    using folder = await folderWithLedger([ADA]);
    const { status, stdout, stderr } = runQledger(folder.path, ...REBUILD, ...options);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

/** A ledger of the example jobs, and a folder of raw history with a plain and a compressed file. */
async function folderWithLedger(
  plain: Parameters<typeof jobsExport>[0],
  ...compressed: Parameters<typeof jobsExport>[0]
): Promise<TempFolder> {
  const folder = new TempFolder();
  await ingestFiles(folder.file('ledger.db'), [folder.write('old.csv', jobsExport(EXAMPLE_JOBS))]);
  folder.write('raw/a.csv', jobsExport(plain));
  folder.write('raw/b.csv.gz', gzipSync(jobsExport(compressed)));
  return folder;
}
