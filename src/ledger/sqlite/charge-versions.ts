import type Database from 'better-sqlite3';
import { parseRuleSet } from '../../charging/parse-rule-set.ts';
import type { ChargeRuleSet } from '../../charging/rule-set.ts';
import { canonicalRuleSet, ruleSetHash } from '../../charging/rule-set-hash.ts';
import { LedgerError } from '../ledger-error.ts';
import { operatorName } from './operator-name.ts';

/** A rule set as a ledger keeps it. */
export interface ChargeVersion {
  readonly version: number;
  readonly hash: string;
  readonly rules: ChargeRuleSet;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** The command that brought it. */
  readonly reason: string;
  /** `user@host`, where it is known. */
  readonly createdBy: string | null;
}

/** From which version to which the charging of jobs has gone. */
export interface RulesChange {
  readonly before: number;
  readonly now: number;
}

/** @returns the version under which the ledger knows a rule set; a new one gets the next number. */
export function chargeVersionOf(
  db: Database.Database,
  ruleSet: ChargeRuleSet,
  reason: string,
): number {
  const known = knownVersion(db, ruleSet);
  if (known !== undefined) return known;
  const { lastInsertRowid } = db
    .prepare(
      `INSERT INTO charge_rule_sets (hash, rules, created_at, reason, created_by)
       VALUES (?, ?, unixepoch(), ?, ?)`,
    )
    .run(ruleSetHash(ruleSet), canonicalRuleSet(ruleSet), reason, operatorName());
  return Number(lastInsertRowid);
}

/** @returns undefined where the ledger was never charged by these rules. */
export function knownVersion(db: Database.Database, ruleSet: ChargeRuleSet): number | undefined {
  return db
    .prepare<[string], number>('SELECT version FROM charge_rule_sets WHERE hash = ?')
    .pluck()
    .get(ruleSetHash(ruleSet));
}

/** @returns the version that the last run charged by, undefined where there was none. */
export function lastChargeVersion(db: Database.Database): number | undefined {
  return db
    .prepare<[], number>('SELECT charge_version FROM runs ORDER BY id DESC LIMIT 1')
    .pluck()
    .get();
}

/**
 * @returns another version than this one that was charged by since the last run that came to its end, that run
 * included; undefined where there is none.
 */
export function otherVersionSince(db: Database.Database, version: number): number | undefined {
  return db
    .prepare<[number], number>(
      `SELECT charge_version FROM runs
       WHERE id >= (SELECT coalesce(max(id), 0) FROM runs WHERE status = 'complete') AND charge_version <> ?
       ORDER BY id LIMIT 1`,
    )
    .pluck()
    .get(version);
}

/**
 * All rule sets of a ledger, oldest first.
 * @throws LedgerError where one can't be understood.
 */
export function chargeVersions(db: Database.Database): ChargeVersion[] {
  return db
    .prepare<[], Omit<ChargeVersion, 'rules'> & { readonly text: string }>(
      `SELECT version, hash, rules AS text, strftime('%FT%TZ', created_at, 'unixepoch') AS createdAt,
         reason, created_by AS createdBy
       FROM charge_rule_sets ORDER BY version`,
    )
    .all()
    .map(({ text, ...kept }) => ({ ...kept, rules: storedRules(db, kept.version, text) }));
}

function storedRules(db: Database.Database, version: number, text: string): ChargeRuleSet {
  try {
    return parseRuleSet(text);
  } catch (cause) {
    throw new LedgerError(
      'unusable',
      `${db.name}: the charge rules of version ${version} can't be understood: ` +
        `${cause instanceof Error ? cause.message : String(cause)}. A newer qledger may have written them.`,
      { cause },
    );
  }
}
