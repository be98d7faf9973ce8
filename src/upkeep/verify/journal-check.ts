import type Database from 'better-sqlite3';
import { counted } from './counted.ts';
import { inSql, MENDS } from './mends.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

interface RunFileRow {
  readonly runId: number;
  readonly fileId: number;
  readonly jobs: number;
  readonly path: string | null;
}

export const journalCheck: VerifyCheck = {
  name: 'journal',
  sound: 'runs and files account for every job and every rejected line',
  *run(db, { quick }) {
    yield* filesWithoutRun(db);
    yield* offsetsInDisorder(db);
    yield* unaccountedRejects(db);
    if (!quick) yield* unaccountedJobs(db);
  },
};

function* filesWithoutRun(db: Database.Database): Generator<Problem> {
  const found = db
    .prepare<[], { count: number; path: string | null }>(
      `SELECT count(*) AS count, min(path) AS path FROM source_files f
       WHERE NOT EXISTS (SELECT 1 FROM run_files r WHERE r.file_id = f.id)`,
    )
    .get();
  if (found === undefined || found.path === null) return;
  yield {
    text: `${counted(found.count, 'file was', 'files were')} read by no run, such as ${found.path}`,
    mend: inSql('DELETE FROM source_files WHERE id NOT IN (SELECT file_id FROM run_files)'),
  };
}

function* offsetsInDisorder(db: Database.Database): Generator<Problem> {
  const found = db
    .prepare<[], { count: number; run: number | null; file: number }>(
      `SELECT count(*) AS count, min(run_id) AS run, file_id AS file FROM run_files
       WHERE from_offset < 0 OR to_offset < from_offset
         OR min(lines, jobs, duplicates, updated, rejects, skipped_lines) < 0`,
    )
    .get();
  if (found === undefined || found.run === null) return;
  yield {
    text:
      `${counted(found.count, 'reading', 'readings')} of a file can't have been, ` +
      `such as that of file ${found.file} by run ${found.run}: ends before its begin, or counts less than nothing`,
    mend: MENDS.rebuild,
  };
}

/** Rejects that were tried again with success are gone, so that there may be fewer than were counted. */
function* unaccountedRejects(db: Database.Database): Generator<Problem> {
  const found = db
    .prepare<[], { path: string | null; kept: number; counted: number }>(
      `SELECT f.path, k.kept, (SELECT total(rejects) FROM run_files r WHERE r.file_id = k.file_id) AS counted
       FROM (SELECT file_id, count(*) AS kept FROM rejects GROUP BY file_id) k
       LEFT JOIN source_files f ON f.id = k.file_id`,
    )
    .all()
    .filter(({ kept, counted }) => kept > counted);
  const [first] = found;
  if (first === undefined) return;
  yield {
    text:
      `${counted(found.length, 'file has', 'files have')} more rejected lines than their runs counted, ` +
      `such as ${first.path ?? 'a file that is not there'} with ${first.kept} for ${first.counted}`,
    mend: MENDS.rebuild,
  };
}

function* unaccountedJobs(db: Database.Database): Generator<Problem> {
  const counts = new Map<string, number>();
  const places = db
    .prepare<[], [number, number]>('SELECT run_id, file_id FROM jobs NOT INDEXED')
    .raw()
    .iterate();
  for (const [runId, fileId] of places) {
    const key = `${runId} ${fileId}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // What a retry makes of rejects is not counted with their file.
  const rows = db
    .prepare<[], RunFileRow>(
      `SELECT r.run_id AS runId, r.file_id AS fileId, r.jobs, f.path
       FROM run_files r LEFT JOIN source_files f ON f.id = r.file_id`,
    )
    .all();
  const wrong: string[] = [];
  for (const { runId, fileId, jobs, path } of rows) {
    const key = `${runId} ${fileId}`;
    const there = counts.get(key) ?? 0;
    counts.delete(key);
    if (there !== jobs)
      wrong.push(`${path ?? `file ${fileId}`}, run ${runId}: ${jobs} counted, ${there} there`);
  }
  const retries = new Set(
    db.prepare<[], number>("SELECT id FROM runs WHERE command = 'rejects retry'").pluck().all(),
  );
  for (const [key, there] of counts) {
    const [runId, fileId] = key.split(' ');
    if (!retries.has(Number(runId))) {
      wrong.push(`file ${fileId}, run ${runId}: not in the journal, ${there} there`);
    }
  }
  if (wrong.length === 0) return;
  yield {
    text: `${counted(wrong.length, 'reading of a file counts', 'readings of files count')} other jobs than there are, such as ${wrong[0]}`,
    mend: MENDS.rebuild,
  };
}
