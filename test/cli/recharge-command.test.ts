import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** Half of the CPUs of a whole node, and economy is free. */
const CONFIG = `
[machines.derecho]
time-zone = "America/Denver"
cpu-type = "milan"
[[machines.derecho.rules]]
queue = "*"
cpu = { per-node = 64 }
gpu = "none"
[machines.derecho.qos]
default = "regular"
factors = { premium = 1.5, regular = 1.0, economy = 0.0 }
`;

describe('qledger recharge', () => {
  it('says how many jobs changed, and whose charge changed most', async () => {
    using folder = await folderWithLedger();
    const { status, stdout, stderr } = runQledger(
      folder.path,
      ...['recharge', '--machine', 'derecho', '--reason', 'half nodes'],
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^derecho: charged 5 jobs again in [\d.]+ s \([\d,]+ jobs\/s\), by version 2 of the rules\n {2}5 of them changed; 2 days summarised\n/,
    );
    expect(stdout).toMatch(/^ +Before +After +Difference +%$/m);
    expect(stdout).toMatch(/^GPU hours +2\.5 +0\.0 +-2\.5 +-100\.00$/m);
    expect(stdout).toMatch(/^Changed most by account, of 3 that changed:$/m);
    expect(stdout).toMatch(/^NUMB0001 +CPU charge +2 +580\.0 +304\.0 +-276\.0 +-47\.59$/m);
    const reasons = queryColumn(
      folder.file('data/derecho.db'),
      'SELECT reason FROM charge_rule_sets',
    );
    expect(reasons).toEqual(['ingest', 'half nodes']);
  });

  it('finds the machine by the ledger, and prints nothing when it is told to be quiet', async () => {
    using folder = await folderWithLedger();
    const quiet = runQledger(folder.path, 'recharge', '--db', 'data/derecho.db', '--quiet');
    expect(quiet).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('with --preview writes nothing and tells the same in JSON as the recharge after it', async () => {
    using folder = await folderWithLedger();
    const ledger = folder.file('data/derecho.db');
    const before = ledgerDigestOf(ledger);
    const args = ['recharge', '--machine', 'derecho', '--from', '2026-01-15', '--to', '2026-01-15'];
    const text = runQledger(folder.path, ...args, '--preview');
    expect(text.stdout).toMatch(
      /^derecho: 3 jobs \(from 2026-01-15, to 2026-01-15\) would be charged again, by rules new to the ledger\n/,
    );
    const preview = JSON.parse(runQledger(folder.path, ...args, '--preview', '--json').stdout);
    expect(ledgerDigestOf(ledger)).toEqual(before);
    const result = JSON.parse(runQledger(folder.path, ...args, '--json').stdout);
    expect(preview).toMatchObject({ kind: 'recharge-preview', from: '2026-01-15' });
    expect(result).toMatchObject({ kind: 'recharge', runId: 2, chargeVersion: 2 });
    for (const key of ['totals', 'users', 'accounts', 'queues']) {
      expect(result[key]).toEqual(preview[key]);
    }
  });

  it('with --summary-only makes the summary anew', async () => {
    using folder = await folderWithLedger();
    const args = ['recharge', '--machine', 'derecho', '--summary-only', '--from', '2026-01-16'];
    const { status, stdout } = runQledger(folder.path, ...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^derecho: made the summary of 1 days with 2 jobs \(from 2026-01-16\) anew in /,
    );
  });

  it.each([
    { args: ['--from', '2026-02-01', '--to', '2026-01-01'], says: /is later than --to/ },
    { args: ['--summary-only', '--queue', 'cpu'], says: /cannot be used with option '--queue/ },
    { args: ['--limit', '0'], says: /not a whole number above zero/ },
    { args: ['--machine', 'deracho'], says: /did you mean "derecho"\?/ },
  ])('refuses $args', async ({ args, says }) => {
    using folder = await folderWithLedger();
    const all = ['recharge', '--db', 'data/derecho.db', ...args];
    const { status, stdout, stderr } = runQledger(folder.path, ...all);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

async function folderWithLedger(): Promise<TempFolder> {
  const folder = new TempFolder();
  const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
  await ingestFiles(folder.file('data/derecho.db'), [file]);
  folder.write('qledger.toml', CONFIG);
  return folder;
}
