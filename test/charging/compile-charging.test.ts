import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCharging } from '../../src/charging/compile-charging.ts';
import type { ChargeRule, ChargeRuleSet } from '../../src/charging/rule-set.ts';

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

  it('charges by the first rule that has a matching glob', () => {
    expect(charging.forQueue('test1').cpuHours(10, 1, 3600)).toBe(0);
    expect(charging.forQueue('test12').cpuHours(10, 1, 3600)).toBe(10);
    expect(charging.forQueue('fat').cpuHours(10, 3, 3600)).toBe(1.5);
    expect(charging.forQueue('').cpuHours(10, 3, 3600)).toBe(10);
  });

  it('charges requested memory where the rule says so', () => {
    expect(charging.forQueue('any').memoryHours(Number.NaN, 2 ** 31, 1800)).toBe(1);
    expect(charging.forQueue('any').memoryHours(2 ** 31, Number.NaN, 1800)).toBeNaN();
  });

  it('charges nothing under "none", whatever is unknown', () => {
    const { NaN: unknown } = Number;
    const free = charging.forQueue('free');
    expect(free.cpuHours(unknown, unknown, unknown)).toBe(0);
    expect(free.gpuHours(unknown, unknown, unknown)).toBe(0);
    expect(free.memoryHours(unknown, unknown, unknown)).toBe(0);
  });

  it('lists the QoS by name, whatever their order in the rules', () => {
    expect(charging.qos.map(({ name }) => name)).toEqual(['gratis', 'high', 'normal', 'on-call']);
  });

  it('lets the first queue glob decide the QoS, then the priority, then the default', () => {
    const qosOf = (queue: string, priority: string | null) =>
      charging.qos[charging.forQueue(queue).qosCode(priority)].name;
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
        const charges = [charging, ...copies].map((each) => {
          const charge = each.forQueue(name);
          return [
            charge.cpuHours(allocated, nodes, seconds),
            charge.gpuHours(allocated, nodes, seconds),
            charge.memoryHours(allocated, nodes, seconds),
            charge.qosCode('high'),
          ];
        });
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
      'no charge rule matches the queue "cpu"',
    );
  });
});
