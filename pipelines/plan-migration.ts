import { availableParallelism } from 'node:os';
import { distinctNames } from '../src/reports/migration/table-counts.ts';
import type { OldGeneration, OldHours } from '../src/sources/old-database/old-schema.ts';
import { openOld } from './old-database.ts';

/** What a migration would do. */
export interface MigrationPlan {
  readonly generation: OldGeneration;
  readonly rows: number;
  readonly users: number;
  readonly accounts: number;
  readonly queues: number;
  /** Days of the first and the last end as they stand in the old database; null without jobs. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly oldBytes: number;
  readonly estimatedBytes: number;
  readonly estimatedSeconds: number;
  /** Where the old hours are found; null where there are none to compare with. */
  readonly hours: OldHours['relation'] | null;
  readonly unknownColumns: readonly string[];
}

/** A ledger without jobs, and what each of them adds with its charge, its share of indexes and summary. */
const EMPTY_LEDGER_BYTES = 150_000;
const BYTES_PER_JOB = 330;
/** With two threads on a busy machine 100,000 jobs took 3.4 s, with their hours compared. */
const SECONDS_PER_JOB_AND_THREAD = 40e-6;

/**
 * Looks at an old database and tells what a migration would find and make; nothing is written.
 * @throws SourceError where it is none.
 */
export function planMigration(oldPath: string): MigrationPlan {
  using old = openOld(oldPath);
  const { db, schema, rows } = old;
  const names = distinctNames(db, schema);
  const days = db
    .prepare<[], { firstDay: string | null; lastDay: string | null }>(
      `SELECT substr(min("end"), 1, 10) AS firstDay, substr(max("end"), 1, 10) AS lastDay
       FROM jobs WHERE "end" GLOB '[12][0-9][0-9][0-9]-*'`,
    )
    .get();
  return {
    generation: schema.generation,
    rows,
    users: names.user,
    accounts: names.account,
    queues: names.queue,
    firstDay: days?.firstDay ?? null,
    lastDay: days?.lastDay ?? null,
    oldBytes: old.sizeBytes,
    estimatedBytes: EMPTY_LEDGER_BYTES + rows * BYTES_PER_JOB,
    estimatedSeconds: Math.ceil(1 + (rows * SECONDS_PER_JOB_AND_THREAD) / availableParallelism()),
    hours: schema.hours?.relation ?? null,
    unknownColumns: schema.unknownColumns,
  };
}
