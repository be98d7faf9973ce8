import type { ChargeRuleSet } from '../charging/rule-set.ts';
import { ruleSetDiff } from '../charging/rule-set-diff.ts';
import { chargeVersions } from '../ledger/sqlite/charge-versions.ts';
import { ledgerMachine } from '../ledger/sqlite/ledger-machine.ts';
import { visibleText } from '../output/visible-text.ts';
import { loadSite } from '../site/load-site.ts';
import { machineOf } from '../site/machine-of.ts';
import { askLedger } from './ask-ledger.ts';
import { chosenLedger } from './ledger-path.ts';
import { noSuchVersion } from './print-rules.ts';
import type { RulesOptions } from './rules-command.ts';
import { UsageError } from './usage-error.ts';

/**
 * `rules diff`: JSON is `{ kind: 'rules-diff', before, after, equal, differences }`.
 * @throws UsageError where one of them can't be found.
 */
export function printRulesDiff(before: string, after: string, options: RulesOptions): void {
  const [from, to] = [
    namedRules(before, after, options),
    namedRules(after, before, options),
  ] as const;
  const differences = ruleSetDiff(from.rules, to.rules);
  const equal = differences.length === 0;
  if (options.json === true) {
    const answer = { kind: 'rules-diff', before: from.name, after: to.name, equal, differences };
    process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  process.stdout.write(
    equal
      ? `${from.name} and ${to.name} have the same charge rules.\n`
      : `From ${from.name} to ${to.name}:\n${differences.map((line) => `  ${visibleText(line)}\n`).join('')}`,
  );
}

interface NamedRules {
  readonly name: string;
  readonly rules: ChargeRuleSet;
}

/** @param other what it is compared with, for a ledger may say which machine of a configuration is meant. */
function namedRules(operand: string, other: string, options: RulesOptions): NamedRules {
  if (isVersion(operand)) return rulesOfVersion(chosenLedger(options), Number(operand));
  if (!isConfig(operand)) return rulesOfVersion(operand, undefined);
  const machine = options.machine ?? machineOfLedger(other, options);
  return {
    name: `${machine} of ${operand}`,
    rules: machineOf(loadSite(operand), machine).charging,
  };
}

function rulesOfVersion(ledger: string, wanted: number | undefined): NamedRules {
  const versions = askLedger(ledger, chargeVersions);
  const found =
    wanted === undefined ? versions.at(-1) : versions.find(({ version }) => version === wanted);
  if (found === undefined) throw noSuchVersion(ledger, versions, wanted ?? 1);
  return { name: `version ${found.version} of ${ledger}`, rules: found.rules };
}

function machineOfLedger(operand: string, options: RulesOptions): string {
  const ledger = isConfig(operand) || isVersion(operand) ? chosenLedger(options) : operand;
  const machine = askLedger(ledger, ledgerMachine)?.machine;
  if (machine !== undefined) return machine;
  throw new UsageError(`${ledger} has no machine yet; name the machine with --machine`);
}

function isVersion(operand: string): boolean {
  return /^\d+$/.test(operand);
}

function isConfig(operand: string): boolean {
  return operand.endsWith('.toml');
}
