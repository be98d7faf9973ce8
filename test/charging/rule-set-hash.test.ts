import { describe, expect, it } from 'vitest';
import type { ChargeRuleSet } from '../../src/charging/rule-set.ts';
import { canonicalRuleSet, ruleSetHash } from '../../src/charging/rule-set-hash.ts';

const RULES: ChargeRuleSet = {
  rules: [
    {
      queues: ['a', 'b'],
      cpu: { per: 'node', count: 64 },
      gpu: { per: 'allocated' },
      memory: 'used',
    },
    { queues: ['*'], cpu: { per: 'allocated' }, gpu: { per: 'none' }, memory: 'none' },
  ],
  qos: { default: 'low', factors: { low: 0.5, high: 2 }, queues: [{ queue: 'a', qos: 'high' }] },
};

describe('ruleSetHash', () => {
  it('is a stored value that must never change for the same rules', () => {
    expect(canonicalRuleSet(RULES)).toBe(
      '{"qos":{"default":"low","factors":{"high":2,"low":0.5},"queues":[{"qos":"high","queue":"a"}]},' +
        '"rules":[{"cpu":{"count":64,"per":"node"},"gpu":{"per":"allocated"},"memory":"used","queues":["a","b"]},' +
        '{"cpu":{"per":"allocated"},"gpu":{"per":"none"},"memory":"none","queues":["*"]}]}',
    );
    expect(ruleSetHash(RULES)).toBe(
      '5b6a5cfe619ca4896816008d1e0e8354a815a51263151c0b28c51f4107e7a73c',
    );
  });

  it('does not depend on the order of keys', () => {
    const reordered: ChargeRuleSet = {
      qos: {
        queues: [{ qos: 'high', queue: 'a' }],
        factors: { high: 2, low: 0.5 },
        default: 'low',
      },
      rules: RULES.rules.map(({ queues, cpu, gpu, memory }) => ({ memory, gpu, cpu, queues })),
    };
    expect(ruleSetHash(reordered)).toBe(ruleSetHash(RULES));
  });

  it('survives JSON', () => {
    expect(ruleSetHash(JSON.parse(canonicalRuleSet(RULES)))).toBe(ruleSetHash(RULES));
  });

  it('changes with the order of rules, which decides what matches first, and with any value', () => {
    const others: ChargeRuleSet[] = [
      { ...RULES, rules: RULES.rules.toReversed() },
      { ...RULES, qos: { ...RULES.qos, default: 'high' } },
      { ...RULES, qos: { ...RULES.qos, factors: { low: 0.5, high: 2.5 } } },
      { ...RULES, qos: { ...RULES.qos, queues: [] } },
    ];
    const hashes = [RULES, ...others].map(ruleSetHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
