import * as v from 'valibot';
import type { ChargeRuleSet } from './rule-set.ts';

/**
 * Reads a rule set that a ledger keeps as JSON.
 * @throws Error where it is none, or has a part that this version does not know and so would leave out.
 */
export function parseRuleSet(json: string): ChargeRuleSet {
  const result = v.safeParse(ruleSet, JSON.parse(json));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${v.getDotPath(issue) ?? 'rule set'}: ${issue.message}`);
}

const texts = v.array(v.string());
const optionalTexts = v.exactOptional(texts);
const optionalNumber = v.exactOptional(v.number());
const days = { from: v.exactOptional(v.string()), to: v.exactOptional(v.string()) };

const node = v.strictObject({ per: v.literal('node'), count: v.number() });
const allocated = v.strictObject({ per: v.literal('allocated') });
const used = v.strictObject({ per: v.literal('used') });
const none = v.strictObject({ per: v.literal('none') });

const rule = v.strictObject({
  queues: texts,
  conditions: v.exactOptional(
    v.strictObject({
      user: optionalTexts,
      account: optionalTexts,
      cpuType: optionalTexts,
      gpuType: optionalTexts,
      priority: optionalTexts,
      qos: optionalTexts,
    }),
  ),
  ...days,
  cpu: v.variant('per', [node, allocated, used, none]),
  gpu: v.variant('per', [node, allocated, none]),
  memory: v.picklist(['used', 'requested', 'none']),
  minimumSeconds: optionalNumber,
  roundUpSeconds: optionalNumber,
  weights: v.exactOptional(
    v.strictObject({ cpu: optionalNumber, gpu: optionalNumber, memory: optionalNumber }),
  ),
});

const ruleSet = v.strictObject({
  rules: v.array(rule),
  qos: v.strictObject({
    default: v.string(),
    factors: v.record(
      v.string(),
      v.union([v.number(), v.array(v.strictObject({ factor: v.number(), ...days }))]),
    ),
    queues: v.array(v.strictObject({ queue: v.string(), qos: v.string() })),
  }),
});
