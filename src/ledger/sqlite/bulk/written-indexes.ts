import type { OwnerId } from './owner-ranks.ts';

/** Over `job_id` and `submit`. */
export const UNIQUE_INDEX = 'ux_jobs_job_id_submit';

/** Over the charges that are incomplete. */
export const INCOMPLETE_INDEX = 'ix_job_charges_incomplete';

/**
 * The indexes that are built beside each other once all rows are written. The shortest stands where it falls to
 * the thread that has the unique index to write.
 */
export const OWNER_INDEXES: readonly {
  readonly name: string;
  readonly columns: readonly OwnerId[];
}[] = [
  { name: 'ix_jobs_queue_user_end', columns: ['queue', 'user'] },
  { name: 'ix_jobs_queue_end', columns: ['queue'] },
  { name: 'ix_jobs_queue_account_end', columns: ['queue', 'account'] },
];

/** Over an id of the owner, then the date. */
export const SUMMARY_INDEXES: readonly { readonly name: string; readonly column: OwnerId }[] = [
  { name: 'ix_daily_summary_user_date', column: 'user' },
  { name: 'ix_daily_summary_account_date', column: 'account' },
  { name: 'ix_daily_summary_queue_date', column: 'queue' },
];

/** The indexes that are written as pages; SQLite builds all others. */
export const WRITTEN_INDEXES: readonly string[] = [
  UNIQUE_INDEX,
  INCOMPLETE_INDEX,
  ...[...OWNER_INDEXES, ...SUMMARY_INDEXES].map(({ name }) => name),
];
