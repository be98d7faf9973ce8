import type { EffectiveDays } from '../charging/rule-set.ts';

/** What a queue can give to a job besides memory. */
export const RESOURCES = ['cpu', 'gpu'] as const;
export type Resource = (typeof RESOURCES)[number];

/** What reports must know of a machine that its ledger does not say. Plain data. */
export interface MachineFacts {
  readonly resources: Readonly<Record<Resource, ResourceFacts>>;
  /** Which facility an account belongs to, by glob of its name; the first match decides. */
  readonly facilities: readonly { readonly account: string; readonly facility: string }[];
  /** Of one account no two are for the same resource on the same day. */
  readonly budgets: readonly Budget[];
}

export interface ResourceFacts {
  /** Globs of queue names. */
  readonly queues: readonly string[];
  /** What there was on which days; the first that holds on a day counts. */
  readonly capacity: readonly Capacity[];
}

/** All nodes of a resource together; null where it is not known. */
export interface Capacity extends EffectiveDays {
  readonly nodes: number | null;
  readonly cores: number | null;
  readonly gpus: number | null;
  readonly memoryBytes: number | null;
}

/** What an account may use, in hours after the factor of the QoS; null where it has none of a resource. */
export interface Budget extends EffectiveDays {
  readonly account: string;
  readonly cpuHours: number | null;
  readonly gpuHours: number | null;
}

/** Of a machine that no configuration tells of. */
export const NO_FACTS: MachineFacts = {
  resources: { cpu: { queues: [], capacity: [] }, gpu: { queues: [], capacity: [] } },
  facilities: [],
  budgets: [],
};
