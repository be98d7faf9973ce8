import type { MachineProfile } from './world/machine-profile.ts';

/** What decides every byte of a history, whatever its format. */
export interface HistoryOptions {
  readonly machine: MachineProfile;
  readonly jobs: number;
  /** How many broken records to scatter among the good ones. */
  readonly broken: number;
  readonly seed: number;
  /** Days since 1970-01-01. */
  readonly firstDay: number;
  readonly jobsPerDay: number;
}
