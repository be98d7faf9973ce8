import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/site/load-site.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { PRESETS } from '../../src/site/presets.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { messageFor, siteOf, VALID } from './site-of.ts';

describe('loadSite', () => {
  it('reads the example file to exactly the presets', () => {
    const example = fileURLToPath(new URL('../../qledger.toml', import.meta.url));
    expect([...loadSite(example).machines.values()]).toEqual(PRESETS);
  });

  it('reads the examples of the documentation', () => {
    const page = new URL('../../docs/configuration.md', import.meta.url);
    const examples = [...readFileSync(page, 'utf8').matchAll(/```toml\n(.*?)```/gs)];
    expect(examples).toHaveLength(3);
    for (const [, example] of examples) {
      expect([...siteOf(example).machines.keys()]).toEqual(['derecho', 'casper', 'aurora']);
    }
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
      ...NO_FACTS,
    });
  });

  it('reads the days, conditions, times and weights of rules and factors', () => {
    const rule = `
[[machines.aurora.rules]]
queue = ["cpu", "main"]
user = "ada"
account = ["NC*", "NX*"]
cpu-type = "genoa"
gpu-type = "mi250"
priority = "urgent"
qos = "high"
from = 2025-10-01
to = "2026-09-30"
cpu = "used"
gpu = "none"
memory = "requested"
minimum = "15m"
round-up = "90s"
weight = { cpu = 0.5, memory = 2 }
`;
    const toml = VALID.replace('[[machines', `${rule}[[machines`);
    const qos = `[machines.aurora.qos]
default = "high"
[machines.aurora.qos.factors]
high = [{ factor = 2, from = 2026-01-01 }, { factor = 1.5 }]
`;
    const { rules, qos: read } = siteOf(toml + qos).machines.get('aurora')?.charging ?? {};
    expect(rules?.[0]).toEqual({
      queues: ['cpu', 'main'],
      conditions: {
        user: ['ada'],
        account: ['NC*', 'NX*'],
        cpuType: ['genoa'],
        gpuType: ['mi250'],
        priority: ['urgent'],
        qos: ['high'],
      },
      from: '2025-10-01',
      to: '2026-09-30',
      cpu: { per: 'used' },
      gpu: { per: 'none' },
      memory: 'requested',
      minimumSeconds: 900,
      roundUpSeconds: 90,
      weights: { cpu: 0.5, memory: 2 },
    });
    expect(read?.factors).toEqual({ high: [{ factor: 2, from: '2026-01-01' }, { factor: 1.5 }] });
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
    using folder = new TempFolder();
    const missing = folder.file('lost.toml');
    expect(() => loadSite(missing)).toThrow(
      `cannot read the configuration ${missing}: there is no such file`,
    );
  });

  it('names a directory and a file that is not UTF-8', () => {
    using folder = new TempFolder();
    expect(() => loadSite(folder.path)).toThrow(`${folder.path}: EISDIR`);
    const file = folder.write('site.toml', Uint8Array.of(0x23, 0xff, 0xfe));
    expect(() => loadSite(file)).toThrow(/site\.toml: .*not valid.*utf-8/i);
  });

  it('names line and column of a TOML fault', () => {
    expect(messageFor(VALID.replace('"Europe/Oslo"', 'Oslo'))).toMatch(
      /^.*site\.toml:3:13: Invalid TOML document: invalid value/,
    );
    expect(messageFor(`${VALID}gpu = "none"`)).toMatch(/site\.toml:8:\d+: .*redefine/);
  });
});

function inDirectory(action: () => void): void {
  using folder = new TempFolder();
  const before = process.cwd();
  process.chdir(folder.path);
  try {
    action();
  } finally {
    process.chdir(before);
  }
}
