import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCharging } from '../../src/charging/compile-charging.ts';
import type { ChargeRule, ChargeRuleSet } from '../../src/charging/rule-set.ts';
import { INCOMPLETE } from '../../src/job/job-batch.ts';
import { UNKNOWN_JOB } from './unknown-job.ts';

const REST: ChargeRule = {
  queues: ['*'],
  cpu: { per: 'allocated' },
  gpu: { per: 'none' },
  memory: 'requested',
};

const RULES: ChargeRuleSet = {
  rules: [
    { queues: ['free', 'test?'], cpu: { per: 'none' }, gpu: { per: 'none' }, memory: 'none' },
    { queues: ['fat*'], cpu: { per: 'node', count: 0.5 }, gpu: { per: 'none' }, memory: 'used' },
    REST,
  ],
  qos: {
    default: 'normal',
    factors: { normal: 1, high: 2, gratis: 0, 'on-call': 3 },
    queues: [
      { queue: 'fat-night', qos: 'gratis' },
      { queue: 'fat*', qos: 'on-call' },
    ],
  },
};

describe('compileCharging', () => {
  const charging = compileCharging(RULES);

  const hour = { ...UNKNOWN_JOB, elapsedSeconds: 3600 };

  it('charges by the first rule that has a matching glob', () => {
    const cpuHours = (queue: string, numnodes: number) =>
      charging.forQueue(queue).of({ ...hour, numcpus: 10, numnodes }).cpuHours;
    expect(cpuHours('test1', 1)).toBe(0);
    expect(cpuHours('test12', 1)).toBe(10);
    expect(cpuHours('fat', 3)).toBe(1.5);
    expect(cpuHours('', 3)).toBe(10);
  });

  it('charges requested memory where the rule says so', () => {
    const half = { ...UNKNOWN_JOB, elapsedSeconds: 1800, numcpus: 1 };
    const any = charging.forQueue('any');
    expect(any.of({ ...half, reqmemBytes: 2 ** 31 })).toMatchObject({
      memoryHours: 1,
      incomplete: 0,
    });
    expect(any.of({ ...half, memoryBytes: 2 ** 31 })).toMatchObject({
      memoryHours: 0,
      incomplete: INCOMPLETE.memory,
    });
  });

  it('charges nothing under "none", whatever is unknown', () => {
    expect(charging.forQueue('free').of(UNKNOWN_JOB)).toMatchObject({
      cpuHours: 0,
      gpuHours: 0,
      memoryHours: 0,
      incomplete: 0,
    });
  });

  it('lists the QoS by name, whatever their order in the rules', () => {
    expect(charging.qos.map(({ name }) => name)).toEqual(['gratis', 'high', 'normal', 'on-call']);
  });

  it('lets the first queue glob decide the QoS, then the priority, then the default', () => {
    const qosOf = (queue: string, priority: string | null) =>
      charging.qos[charging.forQueue(queue).of({ ...hour, priority }).qosCode].name;
    expect(qosOf('fat-night', 'high')).toBe('gratis');
    expect(qosOf('fat-day', 'high')).toBe('on-call');
    expect(qosOf('thin', 'high')).toBe('high');
    expect(qosOf('thin', 'low')).toBe('normal');
    expect(qosOf('thin', 'constructor')).toBe('normal');
    expect(qosOf('thin', null)).toBe('normal');
  });

  it('charges the same from a rule set that was cloned or stored as JSON', () => {
    const copies = [structuredClone(RULES), JSON.parse(JSON.stringify(RULES))].map(compileCharging);
    const count = fc.oneof(fc.nat(), fc.constant(Number.NaN));
    const queue = fc.oneof(fc.constantFrom('free', 'test1', 'fat', 'fat-night'), fc.string());
    fc.assert(
      fc.property(queue, count, count, count, (name, allocated, nodes, seconds) => {
        const job = { ...UNKNOWN_JOB, priority: 'high', numcpus: allocated, numgpus: allocated };
        const charges = [charging, ...copies].map((each) =>
          each.forQueue(name).of({
            ...job,
            numnodes: nodes,
            memoryBytes: allocated,
            reqmemBytes: nodes,
            elapsedSeconds: seconds,
          }),
        );
        expect(charges[1]).toEqual(charges[0]);
        expect(charges[2]).toEqual(charges[0]);
      }),
    );
  });

  it('refuses what no validated configuration holds', () => {
    const { qos } = RULES;
    expect(() => compileCharging({ rules: [REST], qos: { ...qos, default: 'lost' } })).toThrow(
      'the QoS "lost" has no factor',
    );
    expect(() => compileCharging({ rules: [], qos }).forQueue('cpu')).toThrow(
      'no charge rule matches every job of the queue "cpu"',
    );
  });
});
