import { closeLedger, openForReading } from '../src/ledger/sqlite/open-ledger.ts';
import {
  addDifferences,
  differingJobs,
  type HoursComparison,
} from '../src/reports/migration/compare-hours.ts';
import type { OldHours } from '../src/sources/old-database/old-schema.ts';
import type { ReadingSettings } from '../src/sources/reading-context.ts';
import { WorkerPool, type WorkerPoolOptions } from '../workers/worker-pool.ts';
import type { ComparedHours } from './migrate.ts';

export interface HoursQuestion {
  readonly ledgerPath: string;
  readonly oldPath: string;
  readonly hours: OldHours | null;
}

const JOBS_AT_ONCE = 50_000;
const EXAMPLES = 5;

/**
 * Compares in parallel the hours of every job of a new ledger with those that the old database has of it.
 * @returns null where that has none.
 */
export async function comparedHours(
  settings: ReadingSettings,
  readers: WorkerPoolOptions | undefined,
  { hours, ...paths }: HoursQuestion,
): Promise<ComparedHours | null> {
  if (hours === null) return null;
  const workers = new WorkerPool(settings, readers);
  await using _stopped = { [Symbol.asyncDispose]: () => workers.close() };
  const lastId = lastJobId(paths.ledgerPath);
  const ranges = Array.from(
    { length: Math.ceil(lastId / JOBS_AT_ONCE) },
    (_, i): HoursComparison => {
      const firstId = i * JOBS_AT_ONCE + 1;
      return { ...paths, hours, firstId, lastId: firstId + JOBS_AT_ONCE - 1 };
    },
  );
  const parts = await Promise.all(ranges.map((range) => workers.compareHours(range)));
  const { queues } = addDifferences(parts);
  const differ = queues.some(({ differing }) => differing > 0);
  const all = { ...paths, hours, firstId: 1, lastId };
  return { queues, examples: differ ? differingJobs(all, EXAMPLES) : [] };
}

/** @returns 0 where there is no job. */
function lastJobId(ledgerPath: string): number {
  const db = openForReading(ledgerPath);
  try {
    return db.prepare<[], number | null>('SELECT max(id) FROM jobs').pluck().get() ?? 0;
  } finally {
    closeLedger(db);
  }
}
