import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const CONFIG = `
[machines.derecho]
time-zone = "America/Denver"
cpu-type = "milan"
[[machines.derecho.rules]]
queue = "cpu*"
account = "NUMB*"
to = 2026-01-15
cpu = "allocated"
gpu = "none"
minimum = "2h"
[[machines.derecho.rules]]
queue = "*"
cpu = { per-node = 128 }
gpu = { per-node = 4 }
[machines.derecho.qos]
default = "regular"
factors = { premium = [{ factor = 2, from = 2026-01-01 }, { factor = 1.5 }], regular = 1, economy = 0.7 }
`;

describe('qledger rules show', () => {
  it('shows the rules of a machine without a ledger', () => {
    using folder = new TempFolder();
    const { status, stdout } = runQledger(folder.path, 'rules', 'show', '--machine', 'casper');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^casper: charge rules of built-in presets, not used in data\/casper\.db/,
    );
    expect(stdout).toMatch(/^rules\[0\] +\* +allocated +allocated +used$/m);
    expect(stdout).toMatch(/^ {2}regular 1, the default$/m);
    expect(stdout).toContain('There are no versions yet');
  });

  it('shows the rules in force and the versions of a ledger, with who brought them', () => {
    using folder = folderWithTwoVersions();
    const { stdout } = runQledger(folder.path, 'rules');
    expect(stdout).toMatch(
      /^derecho: charge rules of qledger\.toml, version 2 of data\/derecho\.db/,
    );
    expect(stdout).toMatch(/^rules\[0\] +cpu\* +account NUMB\* +to 2026-01-15 +allocated /m);
    expect(stdout).toMatch(/^ {2}premium 2 \(from 2026-01-01\), else 1\.5$/m);
    expect(stdout).toMatch(/^ +1 {2}\d{4}-\S+Z {2}\S+@\S+ +ingest$/m);
    expect(stdout).toMatch(/^ +2 {2}\d{4}-\S+Z {2}\S+@\S+ +ingest +\(shown above\)$/m);
    const json = JSON.parse(runQledger(folder.path, 'rules', 'show', '--json').stdout);
    expect(json).toMatchObject({
      kind: 'charge-rules',
      machine: 'derecho',
      origin: 'qledger.toml',
      version: 2,
      rules: { rules: [{ queues: ['cpu*'], minimumSeconds: 7200 }, { queues: ['*'] }] },
      versions: [{ version: 1 }, { version: 2, hash: json.hash }],
    });
  });

  it('shows a version of a ledger, and says which there are where it has not that one', () => {
    using folder = folderWithTwoVersions();
    const first = runQledger(folder.path, 'rules', 'show', '--version', '1');
    expect(first.stdout).toMatch(/^derecho: charge rules of data\/derecho\.db, version 1 of /);
    expect(first.stdout).toMatch(/^ {2}queue jhublogin is always uncharged$/m);
    expect(runQledger(folder.path, 'rules', 'show', '--version', '7')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'qledger: data/derecho.db has no charge rules of version 7; it has: 1, 2\n',
    });
  });
});

describe('qledger rules check', () => {
  it('names the machines of a valid file', () => {
    using folder = new TempFolder();
    folder.write('site.toml', CONFIG.replaceAll('derecho', 'aurora'));
    expect(runQledger(folder.path, 'rules', 'check', 'site.toml')).toEqual({
      status: 0,
      stdout:
        'site.toml is valid. Machines with it: derecho (4 rules), casper (1 rule), aurora (2 rules)\n',
      stderr: '',
    });
  });

  it('names line and key of each fault and ends with 2', () => {
    using folder = new TempFolder();
    folder.write('site.toml', CONFIG.replace('128', '0').replace('"2h"', '2'));
    const { status, stdout, stderr } = runQledger(folder.path, 'rules', 'check', 'site.toml');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('\n  site.toml:11: machines.derecho.rules[0].minimum: got 2;');
    expect(stderr).toContain('\n  site.toml:14: machines.derecho.rules[1].cpu.per-node: got 0;');
    expect(runQledger(folder.path, 'rules', 'check', 'lost.toml').status).toBe(2);
  });
});

describe('qledger rules diff', () => {
  it('says in words what differs between versions, ledgers and files', () => {
    using folder = folderWithTwoVersions();
    const { status, stdout } = runQledger(folder.path, 'rules', 'diff', '1', '2');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^From version 1 of data\/derecho\.db to version 2 of data\/derecho\.db:\n/,
    );
    expect(stdout).toContain(
      '\n  rules[0] added (queue cpu*, account NUMB*, to 2026-01-15): cpu allocated',
    );
    expect(stdout).toContain(
      '\n  rules[1] changed (queue *, before rules[3]): gpu none -> 4 per node\n',
    );
    expect(stdout).toContain('\n  the factor of QoS special removed: 1\n');
    const same = runQledger(folder.path, 'rules', 'diff', 'data/derecho.db', 'qledger.toml');
    expect(same.stdout).toBe(
      'version 2 of data/derecho.db and derecho of qledger.toml have the same charge rules.\n',
    );
    folder.write('new.toml', CONFIG.replace('128', '64'));
    const json = runQledger(folder.path, 'rules', 'diff', '2', 'new.toml', '--json');
    expect(JSON.parse(json.stdout)).toEqual({
      kind: 'rules-diff',
      before: 'version 2 of data/derecho.db',
      after: 'derecho of new.toml',
      equal: false,
      differences: ['rules[1] changed (queue *): cpu 128 per node -> 64 per node'],
    });
  });
});

describe('qledger rules explain', () => {
  it('tells how a job was charged, and how it would be now', () => {
    using folder = folderWithTwoVersions();
    const { status, stdout } = runQledger(folder.path, 'rules', 'explain', '101');
    expect(status).toBe(0);
    expect(stdout).toContain('(site-local day 2026-01-15)');
    expect(stdout).toContain(
      '384 CPU hours, 0 GPU hours, 6 memory GiB-hours, QoS premium, factor 1.5',
    );
    expect(stdout).toMatch(/^By version 1 of the rules, first used \S+Z in ingest:$/m);
    expect(stdout).toMatch(/^rules\[3\] +is the first that fits: queue \*$/m);
    expect(stdout).toMatch(
      /^cpu hours 384 +2 nodes x 128 CPUs x 5400 s \/ 3600; x 1\.5 \(QoS\) = a charge of 576$/m,
    );
    expect(stdout).toContain('By the rules of qledger.toml now, it would change:');
    expect(stdout).toMatch(/^elapsed 7200 s +the job ran 5400 s; at least 2h are charged$/m);
    expect(stdout).toMatch(
      /^cpu hours 144 +72 CPUs x 7200 s \/ 3600; x 2 \(QoS\) = a charge of 288$/m,
    );
  });

  it('says why a rule was passed over, and is silent of now where nothing has changed', () => {
    using folder = folderWithTwoVersions();
    const { stdout } = runQledger(folder.path, 'rules', 'explain', '104');
    expect(stdout).toMatch(
      /^rules\[0\] +does not fit: the job ended on 2026-01-16, the rule holds to 2026-01-15$/m,
    );
    expect(stdout).toMatch(/^QoS regular +the default; the priority is not known; factor 1$/m);
    expect(stdout).not.toContain('By the rules of');
  });

  it('with --json is one object', () => {
    using folder = folderWithTwoVersions();
    const json = runQledger(folder.path, 'rules', 'explain', '101', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      kind: 'charge',
      machine: 'derecho',
      jobs: [
        {
          stored: { jobId: '101.desched1', charge: { version: 1, cpuHours: 384 } },
          asCharged: { by: { version: 1 }, explanation: { rule: 3, charge: { cpuHours: 384 } } },
          asOfNow: { origin: 'qledger.toml', explanation: { rule: 0, charge: { cpuHours: 144 } } },
        },
      ],
    });
    const unknown = runQledger(folder.path, 'rules', 'explain', '999', '--json');
    expect(unknown).toMatchObject({ status: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/^qledger: data\/derecho\.db has no job 999\. /);
  });
});

/** Three jobs that the presets have charged, and two by the rules of a configuration. */
function folderWithTwoVersions(): TempFolder {
  const folder = new TempFolder();
  folder.write('a.csv', jobsExport(EXAMPLE_JOBS.slice(0, 3)));
  folder.write('b.csv', jobsExport(EXAMPLE_JOBS.slice(3)));
  runQledger(folder.path, 'ingest', 'a.csv', '--machine', 'derecho');
  folder.write('qledger.toml', CONFIG);
  runQledger(folder.path, 'ingest', 'b.csv', '--machine', 'derecho');
  return folder;
}
