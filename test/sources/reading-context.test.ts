import { describe, expect, it } from 'vitest';
import type { Machine } from '../../src/site/machine.ts';
import { NO_FACTS } from '../../src/site/machine-facts.ts';
import { zoneTable } from '../../src/site/zone-table.ts';
import { compileContext } from '../../src/sources/reading-context.ts';
import { UNKNOWN_JOB } from '../charging/unknown-job.ts';

const MACHINE: Machine = {
  ...NO_FACTS,
  name: 'aurora',
  timeZone: 'Europe/Oslo',
  cpuType: 'genoa',
  gpuTypes: [
    { queue: 'accel-old', type: 'mi100' },
    { queue: 'accel*', type: 'mi250' },
    { queue: '*', type: 'none' },
  ],
  charging: {
    rules: [{ queues: ['*'], cpu: { per: 'allocated' }, gpu: { per: 'none' }, memory: 'none' }],
    qos: { default: 'normal', factors: { normal: 1 }, queues: [] },
  },
};
const SETTINGS = {
  machine: MACHINE,
  siteZone: zoneTable('Europe/Oslo'),
  sourceZone: zoneTable('UTC'),
};

describe('compileContext', () => {
  const context = compileContext(SETTINGS);

  it('tells the zone of days from the zone of an export', () => {
    expect(context.siteClock.zone).toBe('Europe/Oslo');
    expect(context.sourceClock.zone).toBe('UTC');
  });

  it('finds the GPU type of a queue by the first glob that matches', () => {
    expect(['accel-old', 'accel-new', 'cpu'].map(context.gpuTypeOfQueue)).toEqual([
      'mi100',
      'mi250',
      'none',
    ]);
    const without = compileContext({ ...SETTINGS, machine: { ...MACHINE, gpuTypes: [] } });
    expect(without.gpuTypeOfQueue('accel')).toBeNull();
  });

  it('charges by the rules of the machine', () => {
    expect(context.cpuType).toBe('genoa');
    const job = { ...UNKNOWN_JOB, numcpus: 10, elapsedSeconds: 1800 };
    expect(context.charging.forQueue('any').of(job).cpuHours).toBe(5);
  });

  it('is the same from settings that crossed to another thread', () => {
    const moved = compileContext(structuredClone(SETTINGS));
    expect(moved.gpuTypeOfQueue('accel-new')).toBe('mi250');
    expect(moved.siteClock.localDay(1_767_225_600)).toBe(context.siteClock.localDay(1_767_225_600));
    expect(moved.charging.qos).toEqual(context.charging.qos);
  });
});
