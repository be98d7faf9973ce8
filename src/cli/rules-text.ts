import type { ChargeRuleSet } from '../charging/rule-set.ts';
import { factorText, type RuleWords, ruleWords } from '../charging/rule-words.ts';
import type { ChargeVersion } from '../ledger/sqlite/charge-versions.ts';
import { alignedTable } from '../output/table.ts';
import { visibleText } from '../output/visible-text.ts';

/** A rule set as a table of its rules, and its QoS below. */
export function ruleSetText({ rules, qos }: ChargeRuleSet): string {
  const words = rules.map(ruleWords);
  // A column that says the same nothing of every rule is left out.
  const columns = COLUMNS.filter(
    ([part, , nothing]) => nothing === undefined || words.some((rule) => rule[part] !== nothing),
  );
  const table = alignedTable(
    ['Rule', ...columns.map(([, label]) => label)],
    words.map((rule, i) => [`rules[${i}]`, ...columns.map(([part]) => visibleText(rule[part]))]),
    ['left', ...columns.map(() => 'left' as const)],
  );
  const factors = Object.entries(qos.factors).map(
    ([name, factor]) =>
      `\n  ${visibleText(name)} ${factorText(factor)}${name === qos.default ? ', the default' : ''}`,
  );
  const queues = qos.queues.map(
    ({ queue, qos }) => `\n  queue ${visibleText(queue)} is always ${visibleText(qos)}`,
  );
  return `${table}\n\nFactors of QoS:${factors.join('')}${queues.join('')}`;
}

const COLUMNS: readonly (readonly [keyof RuleWords, string, string?])[] = [
  ['queues', 'Queues'],
  ['jobs', 'Jobs', 'all jobs'],
  ['days', 'Days', 'all days'],
  ['cpu', 'CPU'],
  ['gpu', 'GPU'],
  ['memory', 'Memory'],
  ['elapsed', 'Elapsed', 'as it is'],
  ['weights', 'Weights', 'none'],
];

/** @param shown the version that the rules above are. */
export function versionsText(versions: readonly ChargeVersion[], shown: number | null): string {
  if (versions.length === 0) return 'There are no versions yet: nothing was charged.';
  return alignedTable(
    ['Version', 'First used', 'By', 'In', ''],
    versions.map(({ version, createdAt, createdBy, reason }) => [
      String(version),
      createdAt,
      visibleText(createdBy ?? '-'),
      visibleText(reason),
      version === shown ? '(shown above)' : '',
    ]),
    ['right', 'left', 'left', 'left', 'left'],
  );
}
