import type { ChargedJob } from './charged-job.ts';
import { compileGlob } from './glob.ts';
import type { RuleConditions } from './rule-set.ts';

/** What a rule can ask of a job besides its queue. */
export interface Condition {
  readonly name: keyof RuleConditions;
  /** As the configuration calls it. */
  readonly key: ConditionKey;
  /** @param qos the name of the job's QoS. @returns null where it is not known. */
  readonly of: (job: ChargedJob, qos: string) => string | null;
}

export type ConditionKey = 'user' | 'account' | 'cpu-type' | 'gpu-type' | 'priority' | 'qos';

export const CONDITIONS: readonly Condition[] = [
  { name: 'user', key: 'user', of: (job) => job.user },
  { name: 'account', key: 'account', of: (job) => job.account },
  { name: 'cpuType', key: 'cpu-type', of: (job) => job.cpuType },
  { name: 'gpuType', key: 'gpu-type', of: (job) => job.gpuType },
  { name: 'priority', key: 'priority', of: (job) => job.priority },
  { name: 'qos', key: 'qos', of: (_job, qos) => qos },
];

export interface CompiledCondition extends Condition {
  readonly globs: readonly string[];
  holds(job: ChargedJob, qos: string): boolean;
}

/** One for each condition that the rule makes, so that a job is not asked for anything else. */
export function compileConditions(conditions: RuleConditions = {}): CompiledCondition[] {
  return CONDITIONS.flatMap((condition) => {
    const globs = conditions[condition.name];
    if (globs === undefined) return [];
    const compiled = globs.map(compileGlob);
    const holds = (job: ChargedJob, qos: string): boolean => {
      const text = condition.of(job, qos);
      return text !== null && compiled.some((matches) => matches(text));
    };
    return { ...condition, globs, holds };
  });
}
