import type { ColumnBlock } from '../pages/column-block.ts';

/** Jobs and their charges until now, in the order of ids. */
export interface RangeRows {
  readonly rows: number;
  /** JOB_COLUMNS, and after them what the rules ask for. */
  readonly jobs: ColumnBlock;
  /** CHARGE_COLUMNS. */
  readonly charges: ColumnBlock;
}

/** What every job is read with: its place in the summary, and its QoS until now. */
export const JOB_COLUMNS = ['user_id', 'account_id', 'queue_id', 'end', 'qos_id'] as const;
/** The places of these columns. */
export const JOB = { user: 0, account: 1, queue: 2, end: 3, qos: 4 } as const;

export const CHARGE_COLUMNS = [
  'cpu_hours',
  'gpu_hours',
  'memory_hours',
  'qos_factor',
  'incomplete',
  'charge_version',
] as const;
