import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { markAllSegments } from '../../../src/ledger/sqlite/facts/stale-segments.ts';
import { createSchema } from '../../../src/ledger/sqlite/open-ledger.ts';
import { refreshStale } from '../../../src/ledger/sqlite/refresh-stale.ts';
import { ZoneClock } from '../../../src/site/zone-clock.ts';
import { zoneTable } from '../../../src/site/zone-table.ts';

const GIB = 2 ** 30;
const maybe = (numbers: fc.Arbitrary<number>): fc.Arbitrary<number | null> =>
  fc.option(numbers, { freq: 6 });

/** The columns of a job that reports count with; row ids have gaps. */
export const randomJob = fc.record({
  gap: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 6000 })),
  user_id: fc.integer({ min: 1, max: 3 }),
  account_id: fc.integer({ min: 1, max: 3 }),
  queue_id: fc.integer({ min: 1, max: 3 }),
  qos_id: fc.integer({ min: 1, max: 3 }),
  status: fc.option(fc.constantFrom('0', '1', '271', '-3', 'F')),
  end: fc.integer({ min: 0, max: 20 * 86_400 }),
  elapsed: maybe(fc.integer({ min: 0, max: 100_000 })),
  walltime: maybe(fc.integer({ min: 0, max: 100_000 })),
  cputime: maybe(fc.integer({ min: 0, max: 10_000_000 })),
  eligible_secs: maybe(fc.integer({ min: 0, max: 500_000 })),
  numcpus: maybe(fc.integer({ min: 0, max: 400_000 })),
  numgpus: maybe(fc.integer({ min: 0, max: 400 })),
  numnodes: maybe(fc.integer({ min: 0, max: 3000 })),
  mpiprocs: maybe(fc.integer({ min: 0, max: 128 })),
  ompthreads: maybe(fc.integer({ min: 0, max: 8 })),
  reqmem: maybe(fc.integer({ min: 0, max: 500 * GIB })),
  memory: maybe(fc.integer({ min: 0, max: 500 * GIB })),
  cpu_hours: fc.double({ min: 0, max: 1e6, noNaN: true }),
  gpu_hours: fc.integer({ min: 0, max: 100_000 }).map((seconds) => seconds / 3600),
  memory_hours: fc.double({ min: 0, max: 1e6, noNaN: true }),
  qos_factor: fc.constantFrom(0, 0.7, 1, 1.5, Math.PI),
});
export type RandomJob = typeof randomJob extends fc.Arbitrary<infer Job> ? Job : never;

const NAMES = `
  INSERT INTO ledger (id, machine, time_zone) VALUES (1, 'derecho', 'UTC');
  INSERT INTO charge_rule_sets (version, hash, rules, created_at, reason) VALUES (1, '', '{}', 0, '');
  INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version)
    VALUES (1, 'ingest', 'complete', 0, 0, '0', 1);
  INSERT INTO users (username) VALUES ('ada'), ('bob'), ('cy');
  INSERT INTO accounts (account_name) VALUES ('A1'), ('B2'), ('C3');
  INSERT INTO queues (queue_name) VALUES ('cpu'), ('gpu'), ('dev');
  INSERT INTO job_qos (name, factor) VALUES ('regular', 1), ('economy', 0.7), ('premium', 1.5);
  INSERT INTO source_files (id, path, size_bytes, modified_ms, format, committed_offset, next_line)
    VALUES (1, '/file', 0, 0, 'pbs-log', 0, 1);`;

const JOB = [
  ...['user_id', 'account_id', 'queue_id', 'qos_id', 'status', 'end', 'elapsed', 'walltime'],
  ...['cputime', 'eligible_secs', 'numcpus', 'numgpus', 'numnodes', 'mpiprocs', 'ompthreads'],
  ...['reqmem', 'memory'],
] as const;
const CHARGE = ['cpu_hours', 'gpu_hours', 'memory_hours', 'qos_factor'] as const;

/** Makes an empty database a ledger of these jobs. */
export function fillLedger(
  db: Database.Database,
  jobs: readonly RandomJob[],
  timeZone = 'UTC',
): void {
  createSchema(db);
  db.exec(NAMES);
  db.prepare<[string]>('UPDATE ledger SET time_zone = ?').run(timeZone);
  const insertJob = db.prepare(
    `INSERT INTO jobs (id, job_id, submit, run_id, file_id, line, ${JOB.map((name) => `"${name}"`).join()})
     VALUES (@id, @id, 0, 1, 1, 1, ${JOB.map((name) => `@${name}`).join()})`,
  );
  const insertCharge = db.prepare(
    `INSERT INTO job_charges (job_id, charge_version, incomplete, ${CHARGE.join()})
     VALUES (@id, 1, 0, ${CHARGE.map((name) => `@${name}`).join()})`,
  );
  let id = 0;
  for (const job of jobs) {
    id += job.gap;
    insertJob.run({ ...job, id });
    insertCharge.run({ ...job, id });
  }
  markAllSegments(db);
  refreshStale(db, new ZoneClock(zoneTable(timeZone)));
}
