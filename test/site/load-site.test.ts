import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSite } from '../../src/site/load-site.ts';
import { PRESETS } from '../../src/site/presets.ts';

const VALID = `
[machines.aurora]
time-zone = "Europe/Oslo"
[[machines.aurora.rules]]
queue = "*"
cpu = { per-node = 96 }
gpu = "none"
`;

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'qledger-site-'));
  file = join(directory, 'site.toml');
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('loadSite', () => {
  it('reads the example file to exactly the presets', () => {
    const example = fileURLToPath(new URL('../../qledger.toml', import.meta.url));
    expect([...loadSite(example).machines.values()]).toEqual(PRESETS);
  });

  it('reads the example of the documentation', () => {
    const page = new URL('../../docs/configuration.md', import.meta.url);
    const example = /```toml\n(.*?)```/s.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    expect([...siteOf(example).machines.keys()]).toEqual(['derecho', 'casper', 'aurora']);
  });

  it('without a path has the presets alone, or what qledger.toml adds', () => {
    inDirectory(() => {
      expect(loadSite(undefined).origin).toBe('built-in presets');
      expect([...loadSite(undefined).machines.values()]).toEqual(PRESETS);
      writeFileSync('qledger.toml', VALID);
      expect(loadSite(undefined).origin).toBe('qledger.toml');
      expect([...loadSite(undefined).machines.keys()]).toEqual(['derecho', 'casper', 'aurora']);
    });
  });

  it('gives what is left out its default', () => {
    expect(siteOf(VALID).machines.get('aurora')).toEqual({
      name: 'aurora',
      timeZone: 'Europe/Oslo',
      cpuType: null,
      gpuTypes: [],
      charging: {
        rules: [
          {
            queues: ['*'],
            cpu: { per: 'node', count: 96 },
            gpu: { per: 'none' },
            memory: 'used',
          },
        ],
        qos: { default: 'regular', factors: { regular: 1 }, queues: [] },
      },
    });
  });

  it('replaces a preset of the same name as a whole', () => {
    const site = siteOf(VALID.replaceAll('aurora', 'derecho'));
    expect([...site.machines.keys()]).toEqual(['derecho', 'casper']);
    expect(site.machines.get('derecho')).toMatchObject({ timeZone: 'Europe/Oslo', cpuType: null });
    expect(site.machines.get('casper')).toEqual(PRESETS[1]);
  });

  it('accepts an empty file and the byte order mark of an editor', () => {
    expect(siteOf('').machines.size).toBe(2);
    expect(siteOf(`\uFEFF${VALID}`).machines.size).toBe(3);
  });

  it('keeps the order of the queues that decide a QoS', () => {
    const site = siteOf(
      `${VALID}[machines.aurora.qos]\ndefault = "a"\nfactors = { a = 1, b = 0 }\n` +
        'queues = { zeta = "b", "al*" = "a" }\n',
    );
    expect(site.machines.get('aurora')?.charging.qos.queues).toEqual([
      { queue: 'zeta', qos: 'b' },
      { queue: 'al*', qos: 'a' },
    ]);
  });
});

describe('a configuration that cannot be read', () => {
  it('names the missing file', () => {
    const missing = join(directory, 'lost.toml');
    expect(() => loadSite(missing)).toThrow(
      `cannot read the configuration ${missing}: there is no such file`,
    );
  });

  it('names a directory and a file that is not UTF-8', () => {
    expect(() => loadSite(directory)).toThrow(`${directory}: EISDIR`);
    writeFileSync(file, Uint8Array.of(0x23, 0xff, 0xfe));
    expect(() => loadSite(file)).toThrow(/site\.toml: .*not valid.*utf-8/i);
  });

  it('names line and column of a TOML fault', () => {
    expect(messageFor(VALID.replace('"Europe/Oslo"', 'Oslo'))).toMatch(
      /^.*site\.toml:3:13: Invalid TOML document: invalid value/,
    );
    expect(messageFor(`${VALID}gpu = "none"`)).toMatch(/site\.toml:8:\d+: .*redefine/);
  });
});

describe('a fault in the configuration', () => {
  it.each([
    [
      'machines.aurora.rules[0].cpu: got "alocated"; allowed: "allocated", "none" or { per-node = <number above 0> }',
      VALID.replace('{ per-node = 96 }', '"alocated"'),
    ],
    [
      'machines.aurora.rules[0].cpu: got {"per-nod":96}; allowed: "allocated", "none" or',
      VALID.replace('per-node', 'per-nod'),
    ],
    [
      'machines.aurora.rules[0].cpu.per-node: got 0; allowed: a number above 0',
      VALID.replace('96', '0'),
    ],
    [
      'machines.aurora.rules[0].memory: got "all"; allowed: "used", "requested" or "none"',
      `${VALID}memory = "all"`,
    ],
    [
      'machines.aurora.rules[0].queue: got []; allowed: at least one glob',
      VALID.replace('"*"', '[]'),
    ],
    ['machines.aurora.rules[0].queue: got 7; allowed: a queue glob', VALID.replace('"*"', '7')],
    ['machines.aurora.rules[0].gpu: is missing', VALID.replace('gpu = "none"', '')],
    ['machines.aurora.time-zone: is missing', VALID.replace('time-zone = "Europe/Oslo"', '')],
    [
      'machines.aurora.time-zone: got "Europe/Olso"; allowed: the name of an IANA time zone, such as "Europe/Oslo"',
      VALID.replace('Oslo', 'Olso'),
    ],
    [
      'machines.aurora.time-zone: got "-07:00"; allowed: the name of an IANA time zone, such as "America/Denver"',
      VALID.replace('Europe/Oslo', '-07:00'),
    ],
    [
      'machines.aurora.timezone: unknown key; did you mean "time-zone"? (allowed: time-zone, cpu-type, gpu-types, rules, qos)',
      VALID.replace('time-zone', 'timezone'),
    ],
    ['machines.aurora.colour: unknown key (allowed:', VALID.replace('[[', 'colour = 1\n[[')],
    ['machine: unknown key; did you mean "machines"?', VALID.replaceAll('machines.', 'machine.')],
    ['machines: got [{"time-zone"', '[[machines]]\ntime-zone = "Europe/Oslo"'],
    ['machines.aurora: got 5; allowed: a table with the keys time-zone', 'machines.aurora = 5'],
    ['machines."../a": got "../a"; allowed: letters, digits', VALID.replaceAll('aurora', '"../a"')],
    ['machines.aurora.cpu-type: got ""; allowed: a text', VALID.replace('[[', 'cpu-type = ""\n[[')],
    [
      'machines.aurora.gpu-types: got ["a"]; allowed: a table of name = value',
      VALID.replace('[[', 'gpu-types = ["a"]\n[['),
    ],
    ['machines.aurora.rules: no rule matches every queue', VALID.replace('"*"', '["cpu", "gpu*"]')],
    ['machines.aurora.rules: no rule matches every queue', 'machines.aurora.rules = []'],
    [
      'machines.aurora.gpu-types: got {"prototype":"a"}; allowed: names other than',
      VALID.replace('[[', 'gpu-types = { prototype = "a" }\n[['),
    ],
    [
      'machines.aurora.rules[1]: is never reached, because rules[0] matches every queue',
      `${VALID}[[machines.aurora.rules]]\nqueue = "gpu"\ncpu = "none"\ngpu = "none"`,
    ],
    [
      'machines.aurora.qos.factors.low: got -1; allowed: a number of 0 or more',
      withQos('default = "low"\nfactors = { low = -1 }'),
    ],
    [
      'machines.aurora.qos.factors.low: got NaN; allowed: a number',
      withQos('default = "low"\nfactors = { low = nan }'),
    ],
    [
      'machines.aurora.qos.default: the QoS "lwo" has no factor; add it to factors or use one of: low, high',
      withQos('default = "lwo"\nfactors = { low = 1, high = 2 }'),
    ],
    [
      'machines.aurora.qos.queues."gpu*": the QoS "free" has no factor; add it to factors or use one of: low',
      withQos('default = "low"\nfactors = { low = 1 }\nqueues = { "gpu*" = "free" }'),
    ],
    ['machines.aurora.qos.factors: is missing', withQos('default = "low"')],
  ])('%s', (problem, toml) => {
    const message = messageFor(toml);
    expect(message).toContain(`${file} has `);
    expect(message).toContain(`\n  ${problem}`);
  });

  it('does not hide the others: all are reported at once', () => {
    const message = messageFor(
      `${VALID.replace('96', '-96').replace('time-zone', 'time_zone')}
[[machines.aurora.rules]]
queue = "late"
cpu = "some"
gpu = "none"
[machines.aurora.qos]
default = "lost"
factors = { low = -1 }
queues = { q = "gone" }
colour = "red"
size = 3
[machines.borealis]
rules = []`,
    );
    expect(message.split('\n').map((line) => line.split(': ')[0].trim())).toEqual([
      `${file} has 12 problems:`,
      'machines.aurora.time-zone',
      'machines.aurora.rules[0].cpu.per-node',
      'machines.aurora.rules[1].cpu',
      'machines.aurora.rules[1]',
      'machines.aurora.qos.factors.low',
      'machines.aurora.qos.colour',
      'machines.aurora.qos.size',
      'machines.aurora.qos.default',
      'machines.aurora.qos.queues.q',
      'machines.aurora.time_zone',
      'machines.borealis.time-zone',
      'machines.borealis.rules',
      'docs/configuration.md explains every key',
    ]);
  });
});

function siteOf(toml: string) {
  writeFileSync(file, toml);
  return loadSite(file);
}

function messageFor(toml: string): string {
  try {
    siteOf(toml);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConfigError') return error.message;
    throw error;
  }
  throw new Error(`no fault was found in ${toml}`);
}

function withQos(section: string): string {
  return `${VALID}[machines.aurora.qos]\n${section}`;
}

function inDirectory(action: () => void): void {
  const before = process.cwd();
  process.chdir(directory);
  try {
    action();
  } finally {
    process.chdir(before);
  }
}
