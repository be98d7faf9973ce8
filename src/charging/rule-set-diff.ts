import type { ChargeRule, ChargeRuleSet, QosRules } from './rule-set.ts';
import { canonicalJson } from './rule-set-hash.ts';
import { factorText, type RuleWords, ruleScope, ruleWords } from './rule-words.ts';

/** What differs between two rule sets, in words and the order of the rules; empty where both charge the same. */
export function ruleSetDiff(before: ChargeRuleSet, after: ChargeRuleSet): string[] {
  return [...rulesDiff(before.rules, after.rules), ...qosDiff(before.qos, after.qos)];
}

function rulesDiff(before: readonly ChargeRule[], after: readonly ChargeRule[]): string[] {
  const lines: string[] = [];
  let b = 0;
  let a = 0;
  for (const { before: nextB, after: nextA } of [
    ...commonRules(before, after),
    { before: before.length, after: after.length },
  ]) {
    lines.push(
      ...gapDiff({ rules: before, from: b, to: nextB }, { rules: after, from: a, to: nextA }),
    );
    b = nextB + 1;
    a = nextA + 1;
  }
  return lines;
}

interface Gap {
  readonly rules: readonly ChargeRule[];
  readonly from: number;
  readonly to: number;
}

/** Between two rules that both sets have, rules of the same scope are the same rule, changed. */
function gapDiff(before: Gap, after: Gap): string[] {
  const removed = placesOf(before);
  const lines: string[] = [];
  for (const added of placesOf(after)) {
    const rule = after.rules[added];
    const old = removed.find(
      (place) => before.rules[place].queues.join('\n') === rule.queues.join('\n'),
    );
    if (old === undefined) {
      lines.push(`rules[${added}] added (${ruleScope(rule)}): ${chargeText(rule)}`);
    } else {
      removed.splice(removed.indexOf(old), 1);
      lines.push(changeText(old, before.rules[old], added, rule));
    }
  }
  const gone = removed.map(
    (place) =>
      `rules[${place}] removed (${ruleScope(before.rules[place])}): ${chargeText(before.rules[place])}`,
  );
  return [...gone, ...lines];
}

function placesOf({ from, to }: Gap): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

function changeText(oldPlace: number, old: ChargeRule, place: number, rule: ChargeRule): string {
  const [from, to] = [ruleWords(old), ruleWords(rule)];
  const changes = PARTS.filter(([part]) => from[part] !== to[part]).map(
    ([part, label]) => `${label} ${from[part]} -> ${to[part]}`,
  );
  const moved = oldPlace === place ? '' : `, before rules[${oldPlace}]`;
  return `rules[${place}] changed (queue ${to.queues}${moved}): ${changes.join('; ')}`;
}

const PARTS: readonly (readonly [keyof RuleWords, string])[] = [
  ['jobs', 'jobs'],
  ['days', 'days'],
  ['cpu', 'cpu'],
  ['gpu', 'gpu'],
  ['memory', 'memory'],
  ['elapsed', 'elapsed time'],
  ['weights', 'weights'],
];

function chargeText(rule: ChargeRule): string {
  const { cpu, gpu, memory, elapsed, weights } = ruleWords(rule);
  const parts = [`cpu ${cpu}`, `gpu ${gpu}`, `memory ${memory}`];
  if (elapsed !== 'as it is') parts.push(`elapsed time ${elapsed}`);
  if (weights !== 'none') parts.push(`weights ${weights}`);
  return parts.join(', ');
}

/** The places of the longest sequence of rules that both have, in order. */
function commonRules(
  before: readonly ChargeRule[],
  after: readonly ChargeRule[],
): { before: number; after: number }[] {
  const [left, right] = [before, after].map((rules) => rules.map(canonicalJson));
  // lengths[b][a]: how many rules the rests from b and from a have in common.
  const lengths = Array.from({ length: left.length + 1 }, () =>
    new Array(right.length + 1).fill(0),
  );
  for (let b = left.length - 1; b >= 0; b--) {
    for (let a = right.length - 1; a >= 0; a--) {
      lengths[b][a] =
        left[b] === right[a]
          ? lengths[b + 1][a + 1] + 1
          : Math.max(lengths[b + 1][a], lengths[b][a + 1]);
    }
  }
  const common = [];
  for (let b = 0, a = 0; b < left.length && a < right.length; ) {
    if (left[b] === right[a]) common.push({ before: b++, after: a++ });
    else if (lengths[b + 1][a] >= lengths[b][a + 1]) b++;
    else a++;
  }
  return common;
}

function qosDiff(before: QosRules, after: QosRules): string[] {
  const lines = mapDiff('the factor of QoS', factorsOf(before), factorsOf(after));
  if (before.default !== after.default) {
    lines.push(`the default QoS changed: ${before.default} -> ${after.default}`);
  }
  const queues = mapDiff('the QoS of queue', queuesOf(before), queuesOf(after));
  const isReordered = canonicalJson(before.queues) !== canonicalJson(after.queues);
  if (queues.length === 0 && isReordered) lines.push('the queues with a QoS changed their order');
  return [...lines, ...queues];
}

function factorsOf({ factors }: QosRules): Map<string, string> {
  return new Map(Object.entries(factors).map(([name, factor]) => [name, factorText(factor)]));
}

function queuesOf({ queues }: QosRules): Map<string, string> {
  return new Map(queues.map(({ queue, qos }) => [queue, qos]));
}

function mapDiff(
  what: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [from, to] = [before.get(name), after.get(name)];
    if (from === to) return [];
    if (from === undefined) return `${what} ${name} added: ${to}`;
    if (to === undefined) return `${what} ${name} removed: ${from}`;
    return `${what} ${name} changed: ${from} -> ${to}`;
  });
}
