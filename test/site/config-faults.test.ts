import { describe, expect, it } from 'vitest';
import { messageFor, VALID } from './site-of.ts';

describe('a fault in the configuration', () => {
  it.each([
    [
      'machines.aurora.rules[0].cpu: got "alocated"; allowed: "allocated", "used", "none" or { per-node = <number above 0> }',
      VALID.replace('{ per-node = 96 }', '"alocated"'),
    ],
    [
      'machines.aurora.rules[0].cpu: got {"per-nod":96}; allowed: "allocated", "used", "none" or',
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
    ['machines.aurora.rules[0].queue: got 7; allowed: a glob', VALID.replace('"*"', '7')],
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
      'machines.aurora.timezone: unknown key; did you mean "time-zone"? (allowed: time-zone, cpu-type, gpu-types, rules, qos, resources, facilities, budgets)',
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
    [
      'machines.aurora.rules: no rule matches every job on every day',
      VALID.replace('"*"', '["cpu", "gpu*"]'),
    ],
    ['machines.aurora.rules: no rule matches every job on every day', 'machines.aurora.rules = []'],
    [
      'machines.aurora.gpu-types: got {"prototype":"a"}; allowed: names other than',
      VALID.replace('[[', 'gpu-types = { prototype = "a" }\n[['),
    ],
    [
      'machines.aurora.rules[1]: is never reached, because rules[0] matches every job',
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
    [
      'machines.aurora.rules[0].gpu: got "used"; allowed: "allocated", "none" or',
      VALID.replace('gpu = "none"', 'gpu = "used"'),
    ],
    ['machines.aurora.rules[0].from: got 2025; allowed: a day', `${VALID}from = 2025`],
    [
      'machines.aurora.rules[0].to: got "2025-02-30"; allowed: a day, such as 2025-10-01',
      `${VALID}to = "2025-02-30"`,
    ],
    [
      'machines.aurora.rules[0].to: got "2025-10-01T00:00:00.000"; allowed: a day',
      `${VALID}to = 2025-10-01T00:00:00`,
    ],
    ['machines.aurora.rules[0]: got {"queue":', `${VALID}from = 2025-10-02\nto = 2025-10-01`],
    ['machines.aurora.rules: no rule matches every job', `${VALID}to = 2025-10-01`],
    ['machines.aurora.rules: no rule matches every job', `${VALID}user = "*"`],
    [
      'machines.aurora.rules[0].minimum: got "soon"; allowed: a duration above 0, such as "15m"',
      `${VALID}minimum = "soon"`,
    ],
    ['machines.aurora.rules[0].round-up: got "0s"', `${VALID}round-up = "0s"`],
    ['machines.aurora.rules[0].weight.cpu: got 0', `${VALID}weight = { cpu = 0 }`],
    ['machines.aurora.rules[0].weight.disk: unknown key', `${VALID}weight = { disk = 1 }`],
    [
      'machines.aurora.qos.factors.low: the last factor, and no other, must have neither',
      withQos('default = "low"\nfactors = { low = [{ factor = 1, to = 2025-10-01 }] }'),
    ],
    [
      'machines.aurora.qos.factors.low: the last factor, and no other, must have neither',
      withQos('default = "low"\nfactors = { low = [{ factor = 1 }, { factor = 2 }] }'),
    ],
    [
      'machines.aurora.qos.factors.low[0].form: unknown key (allowed: factor, from, to)',
      withQos('default = "low"\nfactors = { low = [{ factor = 1, form = 2025-10-01 }] }'),
    ],
  ])('%s', (problem, toml) => {
    const message = messageFor(toml);
    expect(message).toContain(`site.toml has `);
    expect(message.replaceAll(/:\d+: /g, ': ')).toContain(`\n  site.toml: ${problem}`);
  });

  it('is told with its line', () => {
    const late = VALID.replace('96', '0').replace('time-zone', 'timezone');
    expect(messageFor(late).split('\n').slice(1, -1)).toEqual([
      expect.stringMatching(/site\.toml:2: machines\.aurora\.time-zone: is missing/),
      expect.stringMatching(/site\.toml:6: machines\.aurora\.rules\[0\]\.cpu\.per-node: got 0/),
      expect.stringMatching(/site\.toml:3: machines\.aurora\.timezone: unknown key/),
    ]);
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
    const lines = message.split('\n').map((line) => line.replace(/^ {2}\S+\.toml:\d+: /, ''));
    expect(lines.map((line) => line.split(': ')[0].trim())).toEqual([
      `site.toml has 12 problems:`,
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

function withQos(section: string): string {
  return `${VALID}[machines.aurora.qos]\n${section}`;
}
