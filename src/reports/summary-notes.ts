import type Database from 'better-sqlite3';

/** What a reader of summed figures must know of a ledger to trust them. */
export function summaryNotes(db: Database.Database): string[] {
  return [...staleSummaryNote(db), ...incompleteChargesNote(db)];
}

function incompleteChargesNote(db: Database.Database): string[] {
  const jobs = db
    .prepare<[], number>('SELECT count(*) FROM job_charges WHERE incomplete <> 0')
    .pluck()
    .get();
  if (jobs === undefined || jobs === 0) return [];
  return [
    `${jobs} ${jobs === 1 ? 'job has' : 'jobs have'} an incomplete charge: their source does not say how ` +
      'many CPUs, GPUs or nodes or how much memory they used, and those hours count as 0.',
  ];
}

/** Where days have jobs that their summary does not know yet. */
function staleSummaryNote(db: Database.Database): string[] {
  const days = rowCount(db, 'stale_days');
  const segments = rowCount(db, 'stale_segments');
  if (days === 0 && segments === 0) return [];
  const what = days === 0 ? 'Some days have' : days === 1 ? '1 day has' : `${days} days have`;
  return [
    `${what} jobs that are not summarised yet: ` +
      'an ingest or a recharge is running or was interrupted; the next one catches up.',
  ];
}

function rowCount(db: Database.Database, table: 'stale_days' | 'stale_segments'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}
