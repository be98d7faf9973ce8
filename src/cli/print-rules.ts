import { existsSync } from 'node:fs';
import type { ChargeRuleSet } from '../charging/rule-set.ts';
import { ruleSetHash } from '../charging/rule-set-hash.ts';
import { type ChargeVersion, chargeVersions } from '../ledger/sqlite/charge-versions.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import { askLedger } from './ask-ledger.ts';
import { chosenLedger } from './ledger-path.ts';
import type { RulesOptions } from './rules-command.ts';
import { ruleSetText, versionsText } from './rules-text.ts';
import { UsageError } from './usage-error.ts';

/**
 * `rules show`: JSON is `{ kind: 'charge-rules', machine, origin, version, hash, rules, ledger, versions }`, where
 * `version` is null for rules that the ledger does not know yet.
 * @throws UsageError where there is no such version, or nothing says which machine is meant.
 */
export function printRules(options: RulesOptions & { readonly version?: number }): void {
  const ledger = chosenLedger(options);
  const { machine, versions } = rulesOfLedger(ledger, options.machine);
  const shown =
    options.version === undefined
      ? inForce(machine, options.config, versions)
      : versionShown(ledger, versions, options.version);
  if (options.json === true) {
    const listed = versions.map(({ rules: _, ...version }) => version);
    const hash = ruleSetHash(shown.rules);
    const answer = { kind: 'charge-rules', machine, ...shown, hash, ledger, versions: listed };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  const known =
    shown.version === null ? `not used in ${ledger} yet` : `version ${shown.version} of ${ledger}`;
  process.stdout.write(
    `${machine}: charge rules of ${shown.origin}, ${known}\n\n${ruleSetText(shown.rules)}\n` +
      `\n${versionsText(versions, shown.version)}\n`,
  );
}

interface ShownRules {
  readonly origin: string;
  readonly version: number | null;
  readonly rules: ChargeRuleSet;
}

/** A machine may have rules before it has a ledger. */
function rulesOfLedger(
  ledger: string,
  named: string | undefined,
): { machine: string; versions: readonly ChargeVersion[] } {
  if (named !== undefined && !existsSync(ledger)) return { machine: named, versions: [] };
  const { owner, versions } = askLedger(ledger, (db) => ({
    owner: ledgerMachine(db),
    versions: chargeVersions(db),
  }));
  const machine = owner?.machine ?? named;
  if (machine !== undefined) return { machine, versions };
  throw new UsageError(`${ledger} has no machine yet; say which rules are meant with --machine`);
}

function inForce(
  machine: string,
  config: string | undefined,
  versions: readonly ChargeVersion[],
): ShownRules {
  const site = loadSite(config);
  const rules = machineOf(site, machine).charging;
  const hash = ruleSetHash(rules);
  const version = versions.find((each) => each.hash === hash)?.version ?? null;
  return { origin: site.origin, version, rules };
}

function versionShown(
  ledger: string,
  versions: readonly ChargeVersion[],
  wanted: number,
): ShownRules {
  const found = versions.find(({ version }) => version === wanted);
  if (found === undefined) throw noSuchVersion(ledger, versions, wanted);
  return { origin: ledger, version: wanted, rules: found.rules };
}

export function noSuchVersion(
  ledger: string,
  versions: readonly ChargeVersion[],
  wanted: number,
): UsageError {
  const known = versions.map(({ version }) => version).join(', ');
  return new UsageError(
    `${ledger} has no charge rules of version ${wanted}; it has: ${known === '' ? 'none yet' : known}`,
  );
}
