import { describe, expect, it } from 'vitest';
import { loadSite } from '../../src/site/load-site.ts';
import type { Machine } from '../../src/site/machine.ts';
import { TempFolder } from '../support/temp-folder.ts';

const VALID = `[machines.aurora]
time-zone = "Europe/Oslo"
[[machines.aurora.rules]]
queue = "*"
cpu = "allocated"
gpu = "none"
`;
const CPU = '[machines.aurora.resources.cpu]\n';
const BUDGET = '[[machines.aurora.budgets]]\n';
const GIB = 2 ** 30;

function auroraOf(section: string): Machine {
  using folder = new TempFolder();
  const machine = loadSite(folder.write('site.toml', VALID + section)).machines.get('aurora');
  if (machine === undefined) throw new Error('no aurora');
  return machine;
}

/** The problems of a section, each with its line: `7: machines.aurora...`. */
function problemsOf(section: string): string[] {
  try {
    auroraOf(section);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConfigError') throw error;
    const [, ...lines] = error.message.split('\n').slice(0, -1);
    return lines.map((line) => line.replace(/^.*site\.toml:/, ''));
  }
  throw new Error(`no fault was found in ${section}`);
}

describe('resources', () => {
  it('have queues, and a capacity of all nodes together', () => {
    const { resources } = auroraOf(`${CPU}queues = "batch*"
capacity = { nodes = 10, cores-per-node = 64, memory-per-node = "1.5 GiB" }
[machines.aurora.resources.gpu]
queues = ["accel", "gpu*"]
capacity = { cores = 7, gpus = 5, memory = "2TiB" }
`);
    expect(resources).toEqual({
      cpu: {
        queues: ['batch*'],
        capacity: [{ nodes: 10, cores: 640, gpus: null, memoryBytes: 15 * GIB }],
      },
      gpu: {
        queues: ['accel', 'gpu*'],
        capacity: [{ nodes: null, cores: 7, gpus: 5, memoryBytes: 2048 * GIB }],
      },
    });
  });

  it('have a capacity that changes', () => {
    const { cpu } = auroraOf(`${CPU}queues = "*"
capacity = [{ nodes = 1, to = 2025-12-31 }, { nodes = 2, from = "2026-01-01" }]`).resources;
    const unknown = { cores: null, gpus: null, memoryBytes: null };
    expect(cpu.capacity).toEqual([
      { ...unknown, nodes: 1, to: '2025-12-31' },
      { ...unknown, nodes: 2, from: '2026-01-01' },
    ]);
  });
});

describe('facilities', () => {
  it('keep their order', () => {
    const { facilities } = auroraOf('[machines.aurora.facilities]\n"NN12*" = "Physics"\nN = "U"');
    expect(facilities).toEqual([
      { account: 'NN12*', facility: 'Physics' },
      { account: 'N', facility: 'U' },
    ]);
  });
});

describe('budgets', () => {
  it('are of CPU or GPU hours, for some days or all', () => {
    const { budgets } = auroraOf(`${BUDGET}account = "A"\ncpu = 1_000.5
${BUDGET}account = "A"\ngpu = 3
${BUDGET}account = "B"\ncpu = 0\nto = 2025-12-31
${BUDGET}account = "B"\ncpu = 1\nfrom = 2026-01-01`);
    expect(budgets).toEqual([
      { account: 'A', cpuHours: 1000.5, gpuHours: null },
      { account: 'A', cpuHours: null, gpuHours: 3 },
      { account: 'B', cpuHours: 0, gpuHours: null, to: '2025-12-31' },
      { account: 'B', cpuHours: 1, gpuHours: null, from: '2026-01-01' },
    ]);
  });
});

describe('a fault in what reports need', () => {
  it.each([
    [
      '8: machines.aurora.resources.cpu.queue: unknown key; did you mean "queues"? (allowed: queues, capacity)',
      `${CPU}queue = "a"`,
    ],
    [
      'machines.aurora.resources.gpus: unknown key; did you mean "gpu"? (allowed: cpu, gpu)',
      '[machines.aurora.resources.gpus]\nqueues = "a"',
    ],
    ['8: machines.aurora.resources.cpu.queues: got []; allowed: at least one', `${CPU}queues = []`],
    [
      'machines.aurora.resources: the queues "*" are in both cpu and gpu; leave them in one',
      '[machines.aurora.resources]\ncpu.queues = ["a", "*"]\ngpu.queues = "*"',
    ],
    [
      '9: machines.aurora.resources.cpu.capacity.nodes: got 2.5; allowed: a whole number above 0',
      `${CPU}queues = "a"\ncapacity = { nodes = 2.5 }`,
    ],
    [
      '9: machines.aurora.resources.cpu.capacity[1].node: unknown key; did you mean "nodes"?',
      `${CPU}queues = "a"\ncapacity = [{ nodes = 2 }, { node = 3 }]`,
    ],
    [
      '9: machines.aurora.resources.cpu.capacity.memory: got "256"; allowed: an amount of memory above 0, such as "256GiB"',
      `${CPU}queues = "a"\ncapacity = { memory = "256" }`,
    ],
    [
      '9: machines.aurora.resources.cpu.capacity: has both cores and cores-per-node',
      `${CPU}queues = "a"\ncapacity = { nodes = 2, cores = 2, cores-per-node = 1 }`,
    ],
    [
      '9: machines.aurora.resources.cpu.capacity: gpus-per-node says nothing without nodes',
      `${CPU}queues = "a"\ncapacity = { gpus-per-node = 2 }`,
    ],
    [
      '9: machines.aurora.resources.cpu.capacity[0]: got {"nodes":1,',
      `${CPU}queues = "a"\ncapacity = [{ nodes = 1, from = 2026-01-02, to = 2026-01-01 }]`,
    ],
    [
      '8: machines.aurora.facilities."U*": got 7; allowed: a text',
      '[machines.aurora.facilities]\n"U*" = 7',
    ],
    [
      '7: machines.aurora.budgets: got {"account":"A","cpu":1}; allowed: a list of budgets',
      '[machines.aurora.budgets]\naccount = "A"\ncpu = 1',
    ],
    [
      'machines.aurora.budgets[0]: got {"account":"A"}; allowed: one with',
      `${BUDGET}account = "A"`,
    ],
    [
      '9: machines.aurora.budgets[0].gpu: got -1; allowed: a number of 0 or more',
      `${BUDGET}account = "A"\ngpu = -1`,
    ],
    [
      '9: machines.aurora.budgets[0].cpus: unknown key; did you mean "cpu"?',
      `${BUDGET}account = "A"\ncpus = 1\ngpu = 1`,
    ],
    [
      '11: machines.aurora.budgets[1]: has days in common with budgets[0] of the same account and resource',
      `${BUDGET}account = "A"\ncpu = 1\nto = 2026-01-31\n${BUDGET}account = "A"\ncpu = 1\ngpu = 2\nfrom = 2026-01-31`,
    ],
  ])('%s', (problem, section) => {
    const problems = problemsOf(section);
    expect(problems.join('\n')).toContain(problem);
  });
});
