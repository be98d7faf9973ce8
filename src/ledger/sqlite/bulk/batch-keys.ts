import { CODED, type JobBatch } from '../../../job/job-batch.ts';
import { LOOKUP_TABLES } from '../lookup-tables.ts';

/** What must be known of the jobs of a batch to give ids to them and to their names. */
export interface BatchKeys {
  readonly rows: number;
  /** Two hashes of each job, as in the batch. */
  readonly identities: Uint32Array<ArrayBuffer>;
  /** The texts of each coded column whose texts have ids, by column. */
  readonly names: Readonly<Record<number, readonly string[]>>;
}

/** The coded columns whose texts have ids. */
const NAMED = [...LOOKUP_TABLES.map(({ coded }) => coded), CODED.status];

/** The keys of a batch, in memory of their own. */
export function keysOf({ rows, identities, tables }: JobBatch): BatchKeys {
  return {
    rows,
    identities: identities.slice(0, 2 * rows),
    names: Object.fromEntries(NAMED.map((coded) => [coded, tables[coded]])),
  };
}
