import type Database from 'better-sqlite3';

/** The rule sets of a ledger, each with its version, as the table has them. */
export type RuleSetHistory = readonly Readonly<Record<string, string | number | null>>[];

export function ruleSetHistory(db: Database.Database): RuleSetHistory {
  return db
    .prepare<[], RuleSetHistory[number]>('SELECT * FROM charge_rule_sets ORDER BY version')
    .all();
}

/** Gives a new ledger the rule sets of one before it, so that a version number keeps its meaning. */
export function takeRuleSets(db: Database.Database, history: RuleSetHistory): void {
  for (const ruleSet of history) {
    const columns = Object.keys(ruleSet);
    const values = columns.map((column) => `@${column}`);
    db.prepare(`INSERT INTO charge_rule_sets (${columns.join()}) VALUES (${values.join()})`).run(
      ruleSet,
    );
  }
}
