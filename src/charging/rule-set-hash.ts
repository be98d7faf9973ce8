import { createHash } from 'node:crypto';
import type { ChargeRuleSet } from './rule-set.ts';

/** SHA-256 in hex of the canonical form: equal for rule sets that differ only in the order of keys. */
export function ruleSetHash(ruleSet: ChargeRuleSet): string {
  return createHash('sha256').update(canonicalRuleSet(ruleSet)).digest('hex');
}

/** The order of rules, of queues and of dated factors is kept, for it counts. */
export function canonicalRuleSet(ruleSet: ChargeRuleSet): string {
  return canonicalJson(ruleSet);
}

/** JSON without white space and with sorted keys. */
export function canonicalJson(data: unknown): string {
  return JSON.stringify(data, sortKeys);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
