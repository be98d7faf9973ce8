/** All that decides what a machine's jobs cost: plain data, so that it can be cloned, stored and hashed. */
export interface ChargeRuleSet {
  /** The first rule that fits a job charges it; the last one fits every job of every day. */
  readonly rules: readonly ChargeRule[];
  readonly qos: QosRules;
}

/** The days on which something holds, both of them included, as site-local `YYYY-MM-DD`; without, all days. */
export interface EffectiveDays {
  readonly from?: string;
  readonly to?: string;
}

/** What is left out has no key at all, so that rules that do not use it keep their hash. */
export interface ChargeRule extends EffectiveDays {
  /** Globs of queue names (`*` and `?`, case-sensitive); one match is enough. */
  readonly queues: readonly string[];
  /** What else must fit, each by one of its globs; without, every job of the queues fits. */
  readonly conditions?: RuleConditions;
  readonly cpu: CpuRule;
  readonly gpu: CountRule;
  readonly memory: MemoryRule;
  /** An elapsed time below it is charged as this much. */
  readonly minimumSeconds?: number;
  /** Elapsed times are charged as the next multiple of it. */
  readonly roundUpSeconds?: number;
  /** What hours are multiplied by; 1 where it is left out. */
  readonly weights?: Weights;
}

/** A text that is not known matches no glob, not even `*`. */
export interface RuleConditions {
  readonly user?: readonly string[];
  readonly account?: readonly string[];
  readonly cpuType?: readonly string[];
  readonly gpuType?: readonly string[];
  /** As the job was submitted with. */
  readonly priority?: readonly string[];
  /** As the QoS rules have decided. */
  readonly qos?: readonly string[];
}

/** How many CPUs or GPUs a job is charged for: a fixed number for each node, what it got, or none. */
export type CountRule =
  | { readonly per: 'node'; readonly count: number }
  | { readonly per: 'allocated' }
  | { readonly per: 'none' };

/** CPUs may be charged by the CPU time that the job used, whatever its elapsed time. */
export type CpuRule = CountRule | { readonly per: 'used' };

export type MemoryRule = 'used' | 'requested' | 'none';

export interface Weights {
  readonly cpu?: number;
  readonly gpu?: number;
  readonly memory?: number;
}

export interface QosRules {
  /** The QoS of a job that no queue glob and no priority decides. */
  readonly default: string;
  /** What a QoS multiplies the hours by, for each QoS by name. */
  readonly factors: Readonly<Record<string, QosFactor>>;
  /** Queues whose QoS does not depend on the priority; the first glob that matches decides. */
  readonly queues: readonly { readonly queue: string; readonly qos: string }[];
}

/** One number, or one for each period: the first that holds on the day counts, and the last holds always. */
export type QosFactor = number | readonly DatedFactor[];

export interface DatedFactor extends EffectiveDays {
  readonly factor: number;
}
