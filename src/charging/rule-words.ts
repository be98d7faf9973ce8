import { durationName } from '../site/duration.ts';
import { compileConditions } from './rule-conditions.ts';
import type { ChargeRule, CpuRule, EffectiveDays, QosFactor } from './rule-set.ts';

/** A rule in the words of people, a text for each of its parts. */
export interface RuleWords {
  readonly queues: string;
  /** Beyond the queues, `all jobs` where nothing is asked. */
  readonly jobs: string;
  readonly days: string;
  readonly cpu: string;
  readonly gpu: string;
  readonly memory: string;
  readonly elapsed: string;
  readonly weights: string;
}

export function ruleWords(rule: ChargeRule): RuleWords {
  const { weights = {} } = rule;
  const conditions = compileConditions(rule.conditions).map(
    ({ key, globs }) => `${key} ${globs.join(' or ')}`,
  );
  const weighed = Object.entries(weights).map(([name, weight]) => `${name} x ${weight}`);
  return {
    queues: rule.queues.join(', '),
    jobs: conditions.length === 0 ? 'all jobs' : conditions.join(', '),
    days: daysText(rule),
    cpu: countWords(rule.cpu),
    gpu: countWords(rule.gpu),
    memory: rule.memory,
    elapsed: elapsedWords(rule),
    weights: weighed.length === 0 ? 'none' : weighed.join(', '),
  };
}

/** What jobs a rule is for, in one line: `queues gpu*, account NC*, from 2025-10-01`. */
export function ruleScope(rule: ChargeRule): string {
  const { queues, jobs, days } = ruleWords(rule);
  const parts = [`queue ${queues}`];
  if (jobs !== 'all jobs') parts.push(jobs);
  if (days !== ALL_DAYS) parts.push(days);
  return parts.join(', ');
}

const ALL_DAYS = 'all days';

export function daysText({ from, to }: EffectiveDays): string {
  if (from === undefined) return to === undefined ? ALL_DAYS : `to ${to}`;
  return to === undefined ? `from ${from}` : `${from} to ${to}`;
}

/** `1.5`, or `2 (2025-10-01 to 2026-09-30), else 1.5`. */
export function factorText(factor: QosFactor): string {
  if (typeof factor === 'number') return String(factor);
  return factor
    .map((dated, i) =>
      i === factor.length - 1 ? `else ${dated.factor}` : `${dated.factor} (${daysText(dated)})`,
    )
    .join(', ');
}

function countWords(rule: CpuRule): string {
  return rule.per === 'node' ? `${rule.count} per node` : rule.per;
}

function elapsedWords({ minimumSeconds, roundUpSeconds }: ChargeRule): string {
  const words = [];
  if (minimumSeconds !== undefined) words.push(`at least ${durationName(minimumSeconds)}`);
  if (roundUpSeconds !== undefined) words.push(`rounded up to ${durationName(roundUpSeconds)}`);
  return words.length === 0 ? 'as it is' : words.join(', ');
}
