import type { ChargeRuleSet } from '../charging/rule-set.ts';
import type { MachineFacts } from './machine-facts.ts';

/** What the ledger must know about a machine that its history does not say. Plain data. */
export interface Machine extends MachineFacts {
  readonly name: string;
  /** IANA zone of the machine's days and of the zone-less times in its exports. */
  readonly timeZone: string;
  /** The hardware type of a job whose record names none, or null to leave it unknown. */
  readonly cpuType: string | null;
  /** Likewise for GPUs, by glob of the queue's name; the first match decides. */
  readonly gpuTypes: readonly { readonly queue: string; readonly type: string }[];
  readonly charging: ChargeRuleSet;
}

export interface Site {
  readonly machines: ReadonlyMap<string, Machine>;
  /** Where the machines came from, for messages: a path or `built-in presets`. */
  readonly origin: string;
}
