/** All that decides what a machine's jobs cost: plain data, so that it can be cloned, stored and hashed. */
export interface ChargeRuleSet {
  /** The first rule that matches a queue charges its jobs; the last one matches every queue. */
  readonly rules: readonly ChargeRule[];
  readonly qos: QosRules;
}

export interface ChargeRule {
  /** Globs of queue names (`*` and `?`, case-sensitive); one match is enough. */
  readonly queues: readonly string[];
  readonly cpu: CountRule;
  readonly gpu: CountRule;
  readonly memory: MemoryRule;
}

/** How many CPUs or GPUs a job is charged for: a fixed number for each node, what it got, or none. */
export type CountRule =
  | { readonly per: 'node'; readonly count: number }
  | { readonly per: 'allocated' }
  | { readonly per: 'none' };

export type MemoryRule = 'used' | 'requested' | 'none';

export interface QosRules {
  /** The QoS of a job that no queue glob and no priority decides. */
  readonly default: string;
  /** What a QoS multiplies the hours by, for each QoS by name. */
  readonly factors: Readonly<Record<string, number>>;
  /** Queues whose QoS does not depend on the priority; the first glob that matches decides. */
  readonly queues: readonly { readonly queue: string; readonly qos: string }[];
}
