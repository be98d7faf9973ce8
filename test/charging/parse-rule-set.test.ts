import { describe, expect, it } from 'vitest';
import { parseRuleSet } from '../../src/charging/parse-rule-set.ts';
import type { ChargeRuleSet } from '../../src/charging/rule-set.ts';
import { canonicalRuleSet } from '../../src/charging/rule-set-hash.ts';
import { PRESETS } from '../../src/site/presets.ts';

const FULL: ChargeRuleSet = {
  rules: [
    {
      queues: ['*'],
      conditions: {
        user: ['a'],
        account: ['b'],
        cpuType: ['c'],
        gpuType: ['d'],
        priority: ['e'],
        qos: ['f'],
      },
      from: '2025-10-01',
      to: '2026-09-30',
      cpu: { per: 'used' },
      gpu: { per: 'node', count: 4 },
      memory: 'requested',
      minimumSeconds: 900,
      roundUpSeconds: 60,
      weights: { cpu: 1, gpu: 2, memory: 3 },
    },
  ],
  qos: {
    default: 'f',
    factors: { f: [{ factor: 2, to: '2025-12-31' }, { factor: 1 }] },
    queues: [],
  },
};

describe('parseRuleSet', () => {
  it('reads every rule set as it was stored', () => {
    for (const rules of [FULL, ...PRESETS.map(({ charging }) => charging)]) {
      expect(parseRuleSet(canonicalRuleSet(rules))).toEqual(rules);
    }
  });

  it('refuses what it would have to leave out, and what is none', () => {
    const [rule] = FULL.rules;
    const newer = { ...FULL, rules: [{ ...rule, moonPhase: 'full' }] };
    expect(() => parseRuleSet(JSON.stringify(newer))).toThrow(/rules\.0.*moonPhase/);
    expect(() => parseRuleSet('{"rules":[]}')).toThrow('qos');
    expect(() => parseRuleSet('{')).toThrow();
  });
});
