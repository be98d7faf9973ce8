import { describe, expect, it } from 'vitest';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { type LedgerDiff, ledgerDiff } from '../../src/reports/ledger-diff.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { alterDatabase } from '../support/query-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';

const JOBS = sameJobs(40);
/** The submission of all of them. */
const SUBMIT = Date.parse('2026-01-15T15:00:00Z') / 1000;

describe('the difference of two ledgers', () => {
  it('is none of the same jobs that came in otherwise, nor of a ledger and itself', async () => {
    using pair = await ledgerPair();
    expect(pair.diff()).toMatchObject({ equal: true });
    expect(counts(pair.diff())).toEqual(NO_COUNTS);
    expect(diffOf(pair.a, pair.a).equal).toBe(true);
  });

  it('is a job that only one of them has, without its charge', async () => {
    using pair = await ledgerPair();
    alterDatabase(pair.a, "DELETE FROM jobs WHERE job_id IN ('100.desched1', '139.desched1')");
    alterDatabase(pair.b, "DELETE FROM jobs WHERE job_id = '120.desched1'");
    const diff = pair.diff();
    expect(diff.equal).toBe(false);
    expect(counts(diff)).toEqual({ ...NO_COUNTS, jobs: [1, 2, 0] });
    const [, jobs] = diff.tables;
    expect(jobs.onlyInA.examples.map(named)).toMatchObject([
      {
        job_id: '120.desched1',
        submit: SUBMIT,
        user: expect.any(String),
        queue: expect.any(String),
      },
    ]);
    expect(jobs.onlyInB.examples.map((example) => named(example).job_id)).toEqual([
      '100.desched1',
      '139.desched1',
    ]);
  });

  it('is the same job id with another submission as two jobs', async () => {
    using pair = await ledgerPair();
    alterDatabase(pair.b, "UPDATE jobs SET submit = submit + 1 WHERE job_id = '120.desched1'");
    expect(counts(pair.diff())).toEqual({ ...NO_COUNTS, jobs: [1, 1, 0] });
  });

  it('is each column of a job and of a charge, with the values of both', async () => {
    using pair = await ledgerPair();
    alterDatabase(
      pair.a,
      `UPDATE jobs SET status = NULL, numgpus = 3 WHERE job_id = '103.desched1';
       UPDATE job_charges SET cpu_hours = 0.1 WHERE job_id = (SELECT id FROM jobs WHERE job_id = '105.desched1');`,
    );
    alterDatabase(
      pair.b,
      `UPDATE jobs SET status = '', numgpus = 4 WHERE job_id = '103.desched1';
       UPDATE job_charges SET cpu_hours = 0.2 WHERE job_id = (SELECT id FROM jobs WHERE job_id = '105.desched1');
       DELETE FROM job_charges WHERE job_id = (SELECT id FROM jobs WHERE job_id = '107.desched1');`,
    );
    const diff = pair.diff();
    expect(counts(diff)).toEqual({ ...NO_COUNTS, jobs: [0, 0, 1], job_charges: [0, 0, 2] });
    const [, jobs, charges] = diff.tables;
    expect(jobs.differing.examples.map(changes)).toEqual([
      { job_id: '103.desched1', status: [null, ''], numgpus: [3, 4] },
    ]);
    const [other, missing] = charges.differing.examples.map(changes);
    expect(other).toEqual({ job_id: '105.desched1', cpu_hours: [0.1, 0.2] });
    expect(missing).toMatchObject({
      job_id: '107.desched1',
      qos_factor: [expect.any(Number), null],
      charge_rules: [expect.any(String), null],
    });
  });

  it('is what the names say and not the ids', async () => {
    using pair = await ledgerPair();
    alterDatabase(
      pair.b,
      `UPDATE users SET username = '?' WHERE username = 'ada';
       UPDATE users SET username = 'ada' WHERE username = 'bob';
       UPDATE users SET username = 'bob' WHERE username = '?'`,
    );
    const diff = pair.diff(100);
    const [, jobs, , summary] = diff.tables;
    expect(jobs.differing.count).toBe(27);
    expect(
      new Set(jobs.differing.examples.map((example) => changes(example).user?.join())),
    ).toEqual(new Set(['ada,bob', 'bob,ada']));
    expect(summary.onlyInA.count).toBeGreaterThan(0);
    expect(summary.onlyInA.count).toBe(summary.onlyInB.count);
  });

  it('is a row of the summary, by its day and names', async () => {
    using pair = await ledgerPair();
    const where = `date = '2026-01-16' AND user_id = (SELECT id FROM users WHERE username = 'çelik')`;
    alterDatabase(pair.b, `UPDATE daily_summary SET job_count = 99 WHERE ${where}`);
    alterDatabase(pair.a, "DELETE FROM daily_summary WHERE date = '2026-01-18'");
    const [, , , summary] = pair.diff(100).tables;
    expect(summary.onlyInB.count).toBeGreaterThan(0);
    expect(new Set(summary.onlyInB.examples.map((example) => named(example).date))).toEqual(
      new Set(['2026-01-18']),
    );
    expect(summary.differing.examples.map(changes)).toContainEqual({
      date: '2026-01-16',
      job_count: [expect.any(Number), 99],
    });
  });

  it('is the machine, or that one of them has none', async () => {
    using folder = new TempFolder();
    const file = folder.write('none.csv', jobsExport([]));
    const [a, b] = [folder.file('a.db'), folder.file('b.db')];
    await ingestFiles(a, [file]);
    await ingestFiles(b, [file], { machine: presetMachine('casper') });
    const [ledger] = diffOf(a, b).tables;
    expect(ledger.differing.examples.map(changes)).toEqual([{ machine: ['derecho', 'casper'] }]);
    alterDatabase(b, 'DELETE FROM ledger');
    expect(counts(diffOf(a, b))).toEqual({ ...NO_COUNTS, ledger: [1, 0, 0] });
  });

  it('has as many examples as were asked for, and counts all', async () => {
    using pair = await ledgerPair();
    alterDatabase(pair.b, "UPDATE jobs SET name = 'other'");
    for (const limit of [0, 3]) {
      const [, jobs] = pair.diff(limit).tables;
      expect(jobs.differing.count).toBe(40);
      expect(jobs.differing.examples.map((example) => named(example).job_id)).toEqual(
        ['100.desched1', '101.desched1', '102.desched1'].slice(0, limit),
      );
    }
  });
});

const NO_COUNTS = {
  ledger: [0, 0, 0],
  jobs: [0, 0, 0],
  job_charges: [0, 0, 0],
  daily_summary: [0, 0, 0],
};

/** By table: only in A, only in B, in both and different. */
function counts({ tables }: LedgerDiff): object {
  return Object.fromEntries(
    tables.map(({ table, onlyInA, onlyInB, differing }) => [
      table,
      [onlyInA.count, onlyInB.count, differing.count],
    ]),
  );
}

type Example = LedgerDiff['tables'][number]['differing']['examples'][number];

function named({ identity }: Example): Record<string, string | number | null> {
  return Object.fromEntries(identity.map(({ column, value }) => [column.name, value]));
}

/** The first column of a row's identity unless it differs, and the values of A and B. */
function changes({ identity, values }: Example): Record<string, unknown[] | undefined> {
  return Object.fromEntries([
    ...identity.slice(0, 1).map(({ column, value }) => [column.name, value]),
    ...values.map(({ column, a, b }) => [column.name, [a, b]]),
  ]);
}

interface LedgerPair extends Disposable {
  readonly a: string;
  readonly b: string;
  diff(limit?: number): LedgerDiff;
}

/** One ledger of the jobs that was built, and another that they came to backwards. */
async function ledgerPair(): Promise<LedgerPair> {
  const folder = new TempFolder();
  const [a, b] = [folder.file('a.db'), folder.file('b.db')];
  await ingestFiles(a, [folder.write('a.csv', jobsExport(JOBS))]);
  await makeEmptyLedger(b);
  await ingestFiles(b, [folder.write('b.csv', jobsExport([...JOBS].reverse()))]);
  return {
    a,
    b,
    diff: (limit) => diffOf(a, b, limit),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

function diffOf(a: string, b: string, limit = 10): LedgerDiff {
  const [dbOfA, dbOfB] = [openForReading(a), openForReading(b)];
  try {
    return ledgerDiff(dbOfA, dbOfB, limit);
  } finally {
    closeLedger(dbOfB);
    closeLedger(dbOfA);
  }
}
