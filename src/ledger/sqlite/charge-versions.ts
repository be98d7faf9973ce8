import type Database from 'better-sqlite3';
import type { ChargeRuleSet } from '../../charging/rule-set.ts';
import { canonicalRuleSet, ruleSetHash } from '../../charging/rule-set-hash.ts';

/** @returns the version under which the ledger knows a rule set; a new one gets the next number. */
export function chargeVersionOf(
  db: Database.Database,
  ruleSet: ChargeRuleSet,
  reason: string,
): number {
  const hash = ruleSetHash(ruleSet);
  const known = db
    .prepare<[string], number>('SELECT version FROM charge_rule_sets WHERE hash = ?')
    .pluck()
    .get(hash);
  if (known !== undefined) return known;
  const { lastInsertRowid } = db
    .prepare(
      'INSERT INTO charge_rule_sets (hash, rules, created_at, reason) VALUES (?, ?, unixepoch(), ?)',
    )
    .run(hash, canonicalRuleSet(ruleSet), reason);
  return Number(lastInsertRowid);
}
