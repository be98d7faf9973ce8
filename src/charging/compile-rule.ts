import { type ChargeTerms, chargeTerms } from './charge-terms.ts';
import type { ChargedJob } from './charged-job.ts';
import { dayRange, holdsOn, isUndated } from './effective-days.ts';
import { compileGlob } from './glob.ts';
import { compileConditions } from './rule-conditions.ts';
import type { ChargeRule } from './rule-set.ts';

/** Which jobs a rule fits, and how it charges them. */
export interface CompiledRule {
  readonly terms: ChargeTerms;
  matchesQueue(queue: string): boolean;
  /** Of a job in a queue that matches, with its QoS; undefined where the rule fits every one. */
  readonly fits: ((job: ChargedJob, qos: string) => boolean) | undefined;
}

export function compileRule(rule: ChargeRule): CompiledRule {
  const queues = rule.queues.map(compileGlob);
  const matchesQueue = (queue: string): boolean => queues.some((matches) => matches(queue));
  const terms = chargeTerms(rule);
  const conditions = compileConditions(rule.conditions);
  if (isUndated(rule) && conditions.length === 0) return { terms, matchesQueue, fits: undefined };
  const days = dayRange(rule);
  const fits = (job: ChargedJob, qos: string): boolean =>
    holdsOn(days, job.endDay) && conditions.every(({ holds }) => holds(job, qos));
  return { terms, matchesQueue, fits };
}
