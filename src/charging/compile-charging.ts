import { type ChargeTerms, chargeByTerms } from './charge-terms.ts';
import type { ChargedJob, JobCharge } from './charged-job.ts';
import { type CompiledQos, compileQos, type Qos } from './compile-qos.ts';
import { type CompiledRule, compileRule } from './compile-rule.ts';
import type { ChargeRuleSet } from './rule-set.ts';

export interface Charging {
  /** Sorted by name; a QoS code is an index into it. */
  readonly qos: readonly Qos[];
  /** The QoS of jobs of this priority in queues that have none. */
  qosOfPriority(priority: string | null): number;
  /** Keep the answer for each distinct queue: finding it costs far more than charging a job with it. */
  forQueue(queue: string): QueueCharge;
}

/** The charge of one queue's jobs. */
export interface QueueCharge {
  /** Where neither a condition nor the day decides, for who charges many jobs at once. */
  readonly plain: PlainCharge | null;
  /** Reads of the job only what the rules of the queue need. */
  of(job: ChargedJob): JobCharge;
}

export interface PlainCharge {
  readonly terms: ChargeTerms;
  /** Null where the priority decides. */
  readonly qosCode: number | null;
}

/**
 * Compiles a rule set, which the site's configuration has validated.
 * @throws Error where the default or a queue names a QoS without a factor and, from `forQueue`, where
 * no rule fits every job of the queue; neither can come from a validated configuration.
 */
export function compileCharging(ruleSet: ChargeRuleSet): Charging {
  const qos = compileQos(ruleSet.qos);
  const rules = ruleSet.rules.map(compileRule);
  return {
    qos: qos.list,
    qosOfPriority: qos.ofPriority,
    forQueue: (queue) => queueCharge(rulesOfQueue(rules, queue), queue, qos),
  };
}

interface RulesOfQueue {
  /** In their order, before the one that fits every job. */
  readonly choosy: readonly CompiledRule[];
  readonly rest: CompiledRule;
}

function rulesOfQueue(rules: readonly CompiledRule[], queue: string): RulesOfQueue {
  const choosy: CompiledRule[] = [];
  for (const rule of rules) {
    if (!rule.matchesQueue(queue)) continue;
    if (rule.fits === undefined) return { choosy, rest: rule };
    choosy.push(rule);
  }
  throw new Error(`no charge rule matches every job of the queue "${queue}"`);
}

function queueCharge({ choosy, rest }: RulesOfQueue, queue: string, qos: CompiledQos): QueueCharge {
  const { terms } = rest;
  const qosOf = qos.forQueue(queue);
  if (choosy.length === 0) {
    const plain = qos.dated ? null : { terms, qosCode: qos.ofQueue(queue) };
    return { plain, of: (job) => chargeByTerms(terms, job, qosOf(job)) };
  }
  return {
    plain: null,
    of(job) {
      const qosCode = qosOf(job);
      const { name } = qos.list[qosCode];
      const { terms } = choosy.find(({ fits }) => fits?.(job, name) === true) ?? rest;
      return chargeByTerms(terms, job, qosCode);
    },
  };
}
