import type Database from 'better-sqlite3';
import { exactSumSql } from '../ledger/exact-sum.ts';

/** What two ledgers are compared by: jobs, and hours and charges by what they are for. */
export const COMPARED = [
  'jobs',
  'cpuHours',
  'gpuHours',
  'memoryHours',
  'cpuCharges',
  'gpuCharges',
  'memoryCharges',
] as const;
export type ComparedFigures = Readonly<Record<(typeof COMPARED)[number], number>>;

export interface ComparedPair {
  readonly old: ComparedFigures;
  readonly new: ComparedFigures;
}

export interface ComparedMonth extends ComparedPair {
  /** `YYYY-MM`, of the site-local days in which jobs ended. */
  readonly month: string;
}

/** A job that the old ledger has and the new one lacks, and where the old one had it from. */
export interface LostJob {
  readonly jobId: string;
  /** Epoch seconds, as is `end`. */
  readonly submit: number;
  readonly end: number;
  readonly user: string;
  readonly queue: string;
  readonly path: string;
  readonly line: number;
}

export interface LedgerComparison {
  /** Every month that either ledger has, ascending. */
  readonly months: readonly ComparedMonth[];
  readonly total: ComparedPair;
  readonly lost: {
    readonly jobs: number;
    /** Files that lost jobs came from, those of most jobs first. */
    readonly files: readonly { readonly path: string; readonly jobs: number }[];
    readonly examples: readonly LostJob[];
  };
  /** How many jobs only the new ledger has. */
  readonly gainedJobs: number;
}

const EXAMPLES = 5;
const NOTHING: ComparedFigures = {
  jobs: 0,
  cpuHours: 0,
  gpuHours: 0,
  memoryHours: 0,
  cpuCharges: 0,
  gpuCharges: 0,
  memoryCharges: 0,
};

/**
 * What becomes of a ledger when another takes its place: the figures of both by month, from their summaries, and
 * the jobs that would be lost, one by one, by id and submission.
 * @param db the new ledger, opened for reading.
 */
export function compareWithOld(db: Database.Database, oldPath: string): LedgerComparison {
  db.prepare('ATTACH ? AS old').run(oldPath);
  try {
    return db.transaction(() => compare(db))();
  } finally {
    db.exec('DETACH old');
  }
}

function compare(db: Database.Database): LedgerComparison {
  const [inOld, inNew] = ['old', 'main'].map((ledger) => monthsOf(db, ledger));
  const months = [...new Set([...inOld.keys(), ...inNew.keys()])].sort().map((month) => ({
    month,
    old: inOld.get(month) ?? NOTHING,
    new: inNew.get(month) ?? NOTHING,
  }));
  const lost = lostJobs(db);
  const [oldJobs, newJobs] = ['old', 'main'].map((ledger) => jobsOf(db, ledger));
  return {
    months,
    total: { old: figuresOf(db, 'old'), new: figuresOf(db, 'main') },
    lost,
    gainedJobs: newJobs - (oldJobs - lost.jobs),
  };
}

/** Sums that are the same to the last bit where the cells are the same, in whatever order they are stored. */
const FIGURES = `
  coalesce(sum(job_count), 0) AS jobs,
  ${['cpu_hours', 'gpu_hours', 'memory_hours', 'cpu_charges', 'gpu_charges', 'memory_charges']
    .map((column) => {
      const label = column.replace(/_([a-z])/, (_, letter: string) => letter.toUpperCase());
      return `coalesce(${exactSumSql(column)}, 0.0) AS ${label}`;
    })
    .join(',\n  ')}`;

function monthsOf(db: Database.Database, ledger: string): Map<string, ComparedFigures> {
  const rows = db
    .prepare<[], ComparedFigures & { month: string }>(
      `SELECT substr(date, 1, 7) AS month, ${FIGURES} FROM ${ledger}.daily_summary GROUP BY 1`,
    )
    .all();
  return new Map(rows.map(({ month, ...figures }) => [month, figures]));
}

function figuresOf(db: Database.Database, ledger: string): ComparedFigures {
  const figures = db
    .prepare<[], ComparedFigures>(`SELECT ${FIGURES} FROM ${ledger}.daily_summary`)
    .get();
  return figures ?? NOTHING;
}

function jobsOf(db: Database.Database, ledger: string): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${ledger}.jobs`).pluck().get() ?? 0;
}

/** Walks through the unique index of the old ledger and asks that of the new one, both in the same order. */
function lostJobs(db: Database.Database): LedgerComparison['lost'] {
  const lost = db
    .prepare<[], { id: number; fileId: number }>(
      `SELECT o.id, o.file_id AS fileId FROM old.jobs o
       WHERE NOT EXISTS (
         SELECT 1 FROM main.jobs n WHERE n.job_id = o.job_id AND n.submit = o.submit
       )
       ORDER BY o.job_id, o.submit`,
    )
    .iterate();
  let jobs = 0;
  const jobsOfFile = new Map<number, number>();
  const exampleIds: number[] = [];
  for (const { id, fileId } of lost) {
    jobs++;
    jobsOfFile.set(fileId, (jobsOfFile.get(fileId) ?? 0) + 1);
    if (exampleIds.length < EXAMPLES) exampleIds.push(id);
  }
  const pathOf = db
    .prepare<[number], string>('SELECT path FROM old.source_files WHERE id = ?')
    .pluck();
  const files = [...jobsOfFile]
    .sort(([, a], [, b]) => b - a)
    .slice(0, EXAMPLES)
    .map(([id, jobs]) => ({ path: pathOf.get(id) ?? '?', jobs }));
  return { jobs, files, examples: exampleIds.flatMap((id) => lostJob(db, id)) };
}

function lostJob(db: Database.Database, id: number): LostJob[] {
  return db
    .prepare<[number], LostJob>(
      `SELECT j.job_id AS jobId, j.submit, j."end", coalesce(u.username, '?') AS user,
         coalesce(q.queue_name, '?') AS queue, coalesce(f.path, '?') AS path, j.line
       FROM old.jobs j
       LEFT JOIN old.users u ON u.id = j.user_id
       LEFT JOIN old.queues q ON q.id = j.queue_id
       LEFT JOIN old.source_files f ON f.id = j.file_id
       WHERE j.id = ?`,
    )
    .all(id);
}
