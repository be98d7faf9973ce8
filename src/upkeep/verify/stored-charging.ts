import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { type Charging, compileCharging } from '../../charging/compile-charging.ts';
import type { ChargeRuleSet } from '../../charging/rule-set.ts';

interface RuleSetRow {
  readonly version: number;
  readonly hash: string;
  readonly rules: string;
}

export interface StoredCharging {
  readonly version: number;
  readonly hash: string;
  /** Null where the text is not the one that the hash was made of. */
  readonly charging: Charging | null;
}

/** The rule sets that a ledger was ever charged by, compiled, by version. */
export function storedChargings(db: Database.Database): Map<number, StoredCharging> {
  const rows = db
    .prepare<[], RuleSetRow>('SELECT version, hash, rules FROM charge_rule_sets ORDER BY version')
    .all();
  return new Map(
    rows.map(({ version, hash, rules }) => [
      version,
      { version, hash, charging: isWhole(hash, rules) ? compiled(rules) : null },
    ]),
  );
}

function isWhole(hash: string, rules: string): boolean {
  return createHash('sha256').update(rules).digest('hex') === hash;
}

function compiled(rules: string): Charging {
  // The hash vouches for it: this is the very text of a validated rule set.
  const ruleSet: ChargeRuleSet = JSON.parse(rules);
  return compileCharging(ruleSet);
}
