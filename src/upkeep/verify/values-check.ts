import type Database from 'better-sqlite3';
import { counted } from './counted.ts';
import { jobTextOfRow } from './job-text.ts';
import { MENDS } from './mends.ts';
import type { Problem, VerifyCheck } from './verify-check.ts';

/** 2105-12-31 23:59:59 UTC, the last end that is taken for one. */
const LATEST_END = 4_291_747_199;

const AMOUNTS = [
  ...['elapsed', 'walltime', 'cputime', 'eligible_secs'],
  ...['numcpus', 'numgpus', 'numnodes', 'mpiprocs', 'ompthreads'],
  ...['reqmem', 'memory', 'vmemory', 'count'],
];
const HOURS = ['cpu_hours', 'gpu_hours', 'memory_hours', 'qos_factor'];

/** What must not be so of any row; comparisons with NULL, what is not known, are none. */
interface Fault {
  readonly what: string;
  readonly sql: string;
}

const JOB_FAULTS: readonly Fault[] = [
  { what: 'an end before the start', sql: '"end" < start' },
  { what: 'a start before the submission', sql: 'start < submit' },
  { what: 'an end before the submission', sql: '"end" < submit' },
  { what: 'an end before 1970 or after 2105', sql: `"end" NOT BETWEEN 0 AND ${LATEST_END}` },
  { what: 'an empty job id', sql: "job_id = ''" },
  ...AMOUNTS.map((column) => ({ what: `a negative ${column}`, sql: `${column} < 0` })),
];

const CHARGE_FAULTS: readonly Fault[] = [
  ...HOURS.map((column) => ({ what: `a negative ${column}`, sql: `${column} < 0` })),
  ...HOURS.map((column) => ({
    what: `an infinite ${column}`,
    sql: `${column} > 1.7976931348623157e308`,
  })),
  { what: 'an unknown mark of what is incomplete', sql: 'incomplete NOT BETWEEN 0 AND 7' },
];

export const valuesCheck: VerifyCheck = {
  name: 'values',
  sound: 'times are in order, nothing is negative',
  *run(db) {
    yield* faultyRows(db, 'jobs', 'id', JOB_FAULTS, MENDS.rebuild);
    yield* faultyRows(db, 'job_charges', 'job_id', CHARGE_FAULTS, MENDS.recharge);
  },
};

/** Asks for all faults in one pass. */
function* faultyRows(
  db: Database.Database,
  table: string,
  id: string,
  faults: readonly Fault[],
  mend: string,
): Generator<Problem> {
  const columns = faults.map(({ sql }) => `total(${sql}), min(CASE WHEN ${sql} THEN ${id} END)`);
  const found = db
    .prepare<[], (number | null)[]>(`SELECT ${columns.join(', ')} FROM ${table} NOT INDEXED`)
    .raw()
    .get();
  for (const [i, { what }] of faults.entries()) {
    const [count, example] = [found?.[2 * i], found?.[2 * i + 1]];
    if (typeof count !== 'number' || typeof example !== 'number') continue;
    const who =
      table === 'jobs'
        ? counted(count, 'job has', 'jobs have')
        : counted(count, 'charge has', 'charges have');
    yield { text: `${who} ${what}, such as ${jobTextOfRow(db, example)}`, mend };
  }
}
