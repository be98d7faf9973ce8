import { describe, expect, it } from 'vitest';
import { ceilingsOf } from '../../src/site/ceilings-of.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { presetMachine } from '../support/preset-machine.ts';

const UNKNOWN = { nodes: null, cores: null, gpus: null, memoryBytes: null };

describe('ceilingsOf', () => {
  it('are those of the larger resource', () => {
    expect(ceilingsOf(presetMachine('derecho'))).toEqual({
      nodes: 2488,
      cores: 318_464,
      gpus: 328,
      memoryBytes: 2488 * 256 * 2 ** 30,
    });
  });

  it('are the most that there ever was', () => {
    const capacity = [
      { ...UNKNOWN, nodes: 30, to: '2025-12-31' },
      { ...UNKNOWN, nodes: 20, gpus: 4 },
    ];
    const { cpu } = NO_FACTS.resources;
    expect(ceilingsOf({ resources: { cpu, gpu: { queues: [], capacity } } })).toEqual({
      ...UNKNOWN,
      nodes: 30,
      gpus: 4,
    });
  });

  it('are not known where no capacity is', () => {
    expect(ceilingsOf(presetMachine('casper'))).toEqual(UNKNOWN);
    expect(ceilingsOf(NO_FACTS)).toEqual(UNKNOWN);
  });
});
