import { describe, expect, it } from 'vitest';
import type { ChargeRule, ChargeRuleSet } from '../../src/charging/rule-set.ts';
import { ruleSetDiff } from '../../src/charging/rule-set-diff.ts';
import { PRESETS } from '../../src/site/presets.ts';

const REST: ChargeRule = {
  queues: ['*'],
  cpu: { per: 'node', count: 128 },
  gpu: { per: 'none' },
  memory: 'used',
};
const GPU: ChargeRule = { ...REST, queues: ['gpu*'], gpu: { per: 'allocated' } };
const TEST: ChargeRule = { ...REST, queues: ['test'], cpu: { per: 'none' } };
const BASE: ChargeRuleSet = {
  rules: [GPU, REST],
  qos: { default: 'low', factors: { low: 1 }, queues: [{ queue: 'a', qos: 'low' }] },
};

describe('ruleSetDiff', () => {
  it('is empty for the same rules', () => {
    for (const { charging } of PRESETS) {
      expect(ruleSetDiff(charging, structuredClone(charging))).toEqual([]);
    }
  });

  it('tells of a rule that is new or gone by its place', () => {
    const more = { ...BASE, rules: [GPU, { ...TEST, from: '2026-01-01' }, REST] };
    expect(ruleSetDiff(BASE, more)).toEqual([
      'rules[1] added (queue test, from 2026-01-01): cpu none, gpu none, memory used',
    ]);
    expect(ruleSetDiff(more, BASE)).toEqual([
      'rules[1] removed (queue test, from 2026-01-01): cpu none, gpu none, memory used',
    ]);
  });

  it('tells what has changed in a rule, and whether others have come before it', () => {
    const changed: ChargeRule = {
      ...REST,
      cpu: { per: 'used' },
      minimumSeconds: 900,
      weights: { cpu: 2 },
    };
    expect(ruleSetDiff(BASE, { ...BASE, rules: [TEST, GPU, changed] })).toEqual([
      'rules[0] added (queue test): cpu none, gpu none, memory used',
      'rules[2] changed (queue *, before rules[1]): cpu 128 per node -> used; ' +
        'elapsed time as it is -> at least 15m; weights none -> cpu x 2',
    ]);
  });

  it('tells of QoS: factors, the default, queues and their order', () => {
    const dated = [{ factor: 2, from: '2026-01-01', to: '2026-12-31' }, { factor: 1 }];
    const qos = { default: 'high', factors: { high: 3, low: dated }, queues: [] };
    expect(ruleSetDiff(BASE, { ...BASE, qos })).toEqual([
      'the factor of QoS high added: 3',
      'the factor of QoS low changed: 1 -> 2 (2026-01-01 to 2026-12-31), else 1',
      'the default QoS changed: low -> high',
      'the QoS of queue a removed: low',
    ]);
    const both = ['a', 'b'].map((queue) => ({ queue, qos: 'low' }));
    const [one, other] = [both, both.toReversed()].map((queues) => ({
      ...BASE,
      qos: { ...BASE.qos, queues },
    }));
    expect(ruleSetDiff(one, other)).toEqual(['the queues with a QoS changed their order']);
  });
});
