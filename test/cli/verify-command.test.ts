import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { cutInHalf } from '../upkeep/verify/damage-ledger.ts';

describe('qledger verify', () => {
  it('ends with 0 where the ledger is sound, a line for each check', async () => {
    using folder = await folderWithLedger();
    const { status, stdout, stderr } = runQledger(folder.path, 'verify');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^ok {7}schema {9}tables, columns, /);
    expect(stdout).toMatch(/^ok {7}charges {8}charges are those of their rules, /m);
    expect(stdout).toMatch(/^data\/derecho\.db: sound$/m);
    expect(stdout.match(/^ok /gm)).toHaveLength(stdout.trimEnd().split('\n').length - 1);
  });

  it('ends with 1 where there are problems, with an example and what mends it', async () => {
    using folder = await folderWithLedger();
    alterDatabase(
      folder.file('data/derecho.db'),
      `DELETE FROM job_charges WHERE job_id = (SELECT id FROM jobs WHERE job_id = '101.desched1');
       INSERT INTO users (username) VALUES ('no' || char(27) || 'body')`,
    );
    const { status, stdout, stderr } = runQledger(folder.path, 'verify', '--charges', 'all');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /^problem {2}one-charge {5}1 job has no charge, such as 101\.desched1 \(submitted \S+Z\)\. Mend it with: in SQL: INSERT INTO job_charges .*; then qledger recharge$/m,
    );
    expect(stdout).toMatch(/^problem {2}lookups .* such as "no␛body"\. Mend it with: in SQL: /m);
    expect(stdout).toMatch(/^data\/derecho\.db: 4 problems$/m);
  });

  it('with --json prints one object', async () => {
    using folder = await folderWithLedger();
    const sound = runQledger(folder.path, 'verify', '--quick', '--charges', '2', '--json');
    expect(sound.status).toBe(0);
    const answer = JSON.parse(sound.stdout);
    expect(answer).toMatchObject({
      kind: 'verify',
      ledger: 'data/derecho.db',
      machine: 'derecho',
      sound: true,
    });
    expect(answer.checks).toContainEqual({ name: 'summary', problems: [], mend: null });
    alterDatabase(folder.file('data/derecho.db'), "INSERT INTO stale_days VALUES ('2026-01-15')");
    const { status, stdout } = runQledger(folder.path, 'verify', '--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ sound: false });
    expect(JSON.parse(stdout).checks).toContainEqual({
      name: 'stale-days',
      problems: ['1 day waits for a summary though the last run was complete, such as 2026-01-15'],
      mend: 'qledger recharge --summary-only',
    });
  });

  it('has a file that is too damaged to be opened as its problem', async () => {
    using folder = await folderWithLedger();
    cutInHalf(folder.file('data/derecho.db'));
    const { status, stdout, stderr } = runQledger(folder.path, 'verify');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(stdout).toMatch(
      /^problem {2}file .*malformed\. Mend it with: restore a backup, or qledger rebuild$/m,
    );
    expect(stdout).toMatch(/^data\/derecho\.db: 1 problem$/m);
  });

  it('ends with 33 where the file is no ledger, and with 2 where the question is none', async () => {
    using folder = await folderWithLedger();
    folder.write('data/text.db', 'no database, but long enough to look like one'.repeat(100));
    expect(runQledger(folder.path, 'verify', '--machine', 'text').status).toBe(33);
    const { status, stderr } = runQledger(folder.path, 'verify', '--charges', 'some');
    expect(status).toBe(2);
    expect(stderr).toMatch(/neither a whole number nor all/);
  });

  it('compares with the configuration that is named', async () => {
    using folder = await folderWithLedger();
    const config = folder.write(
      'site.toml',
      `[machines.derecho]
time-zone = "America/Denver"
[[machines.derecho.rules]]
queue = "*"
cpu = "allocated"
gpu = "allocated"
`,
    );
    const { status, stdout } = runQledger(folder.path, 'verify', '--config', config);
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^problem {2}configuration {2}5 charges are by other rules than those of \S+site\.toml, such as /m,
    );
  });
});

async function folderWithLedger(): Promise<TempFolder> {
  const folder = new TempFolder();
  const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
  await ingestFiles(folder.file('data/derecho.db'), [file]);
  return folder;
}
