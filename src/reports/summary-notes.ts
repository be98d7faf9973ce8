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
  const days = db.prepare<[], number>('SELECT count(*) FROM stale_days').pluck().get() ?? 0;
  if (days === 0) return [];
  return [
    `${days} ${days === 1 ? 'day has' : 'days have'} jobs that are not summarised yet: ` +
      'an ingest or a recharge is running or was interrupted; the next one catches up.',
  ];
}
