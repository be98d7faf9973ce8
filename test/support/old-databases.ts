import Database from 'better-sqlite3';
import type { OldDatabaseFormat } from '../../sample-data/old-database/old-database-format.ts';
import { OLD_ROW_COLUMNS, type OldCell } from '../../sample-data/old-database/old-job-row.ts';
import { hoursSelect, oldSchemaSql } from '../../sample-data/old-database/old-schema-sql.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';

export type OldRow = Readonly<Partial<Record<(typeof OLD_ROW_COLUMNS)[number], OldCell | Buffer>>>;

/** A job with a value in every column. */
export const OLD_ROW = {
  job_id: '6049117[28].desched1',
  short_id: 6049117,
  name: 'größe',
  user: 'ada',
  account: 'NUMB0001',
  queue: 'cpu',
  status: '271',
  submit: '2026-01-31 20:00:00.000000',
  eligible: '2026-01-31 20:00:05.000000',
  start: '2026-01-31 21:00:00.000000',
  end: '2026-01-31 23:00:30.000000',
  elapsed: 7200,
  walltime: 43_200,
  cputime: 900_000,
  numcpus: 256,
  numgpus: 0,
  numnodes: 2,
  mpiprocs: 128,
  ompthreads: 1,
  reqmem: 504_658_657_280,
  memory: 1_073_741_824,
  vmemory: 2_147_483_648,
  cputype: 'genoa',
  gputype: null,
  resources: '2:ncpus=128:mpiprocs=128:ompthreads=1',
  ptargets: 'None',
  cpupercent: 12_800,
  avgcpu: 50.25,
  count: 1,
} satisfies OldRow;

/** Rows that differ from OLD_ROW by what is given, each with an id of its own. */
export function oldRows(...rows: readonly OldRow[]): OldRow[] {
  return rows.map((row, i) => ({ ...OLD_ROW, job_id: `${100 + i}.desched1`, ...row }));
}

/** Makes an old database of derecho with these jobs, in either schema, with its hours. */
export function makeOldDatabase(
  path: string,
  format: OldDatabaseFormat,
  rows: readonly OldRow[],
): string {
  const machine = machineProfiles.derecho;
  const { tables, indexes, views } = oldSchemaSql(format, machine);
  const db = new Database(path);
  try {
    db.exec(tables + indexes + views);
    const names = OLD_ROW_COLUMNS.map((name) => `"${name}"`).join();
    const marks = OLD_ROW_COLUMNS.map((name) => `@${name}`).join();
    const insert = db.prepare(`INSERT INTO jobs (${names}) VALUES (${marks})`);
    for (const row of rows) insert.run(row);
    if (format === 'old-normalised') db.exec(`${NORMALISE}${CHARGES}${hoursSelect(machine)})`);
  } finally {
    db.close();
  }
  return path;
}

const NORMALISE = `
  INSERT INTO users (username) SELECT DISTINCT user FROM jobs WHERE user IS NOT NULL;
  INSERT INTO accounts (account_name) SELECT DISTINCT account FROM jobs WHERE account IS NOT NULL;
  INSERT INTO queues (queue_name) SELECT DISTINCT queue FROM jobs WHERE queue IS NOT NULL;
  UPDATE jobs SET
    user_id = (SELECT id FROM users WHERE username = user),
    account_id = (SELECT id FROM accounts WHERE account_name = account),
    queue_id = (SELECT id FROM queues WHERE queue_name = queue);`;

const CHARGES = `
  INSERT INTO job_charges
  SELECT id, ifnull(cpu_hours, 0), ifnull(gpu_hours, 0), ifnull(memory_hours, 0), 1 FROM (`;
