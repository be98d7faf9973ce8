import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { resourceOf } from '../../src/site/resource-of.ts';
import { presetMachine } from '../support/preset-machine.ts';

function resourcesOf(cpu: readonly string[], gpu: readonly string[]) {
  return resourceOf({
    resources: { cpu: { queues: cpu, capacity: [] }, gpu: { queues: gpu, capacity: [] } },
  });
}

describe('resourceOf', () => {
  it.each([
    ['derecho', ['cpu', 'cpudev'], ['gpu', 'gpudev', 'pgpu'], ['main', 'jhublogin', 'CPU', '']],
    [
      'casper',
      ['htc', 'gdex', 'largemem', 'vis', 'rda'],
      ['nvgpu', 'gpgpu', 'a100', 'h100', 'l40', 'amdgpu'],
      ['cpu', 'jhublogin', 'htcx'],
    ],
  ])('knows the queues of %s', (machine, cpu, gpu, other) => {
    const resource = resourceOf(presetMachine(machine));
    expect(new Set(cpu.map(resource))).toEqual(new Set(['cpu']));
    expect(new Set(gpu.map(resource))).toEqual(new Set(['gpu']));
    expect(new Set(other.map(resource))).toEqual(new Set(['other']));
  });

  it('gives a queue that fits both to GPUs', () => {
    const resource = resourcesOf(['*'], ['*gpu*']);
    expect(['cpu', 'pgpu', 'main'].map(resource)).toEqual(['cpu', 'gpu', 'cpu']);
  });

  it('leaves every queue to neither where nothing is configured', () => {
    expect(['cpu', 'gpu'].map(resourceOf(NO_FACTS))).toEqual(['other', 'other']);
  });
});
