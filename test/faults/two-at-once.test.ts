import { existsSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { closeLedger, openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { ledgerTotals } from '../../src/reports/ledger-totals.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { ingestCommand, runProcess, startProcess } from './child-process.ts';
import { contentOf, FaultBench } from './fault-bench.ts';

const JOBS = sameJobs(300);
const ONE = jobsExport(JOBS.slice(0, 200));
/** Half of its jobs are those of the other. */
const OTHER = jobsExport(JOBS.slice(100));

describe.each([
  ['a ledger that is there', true],
  ['a new ledger', false],
])('two ingests at once into %s', (_which, isThere) => {
  it('are one after the other where the second waits, and else the second leaves', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    if (isThere) await makeEmptyLedger(ledger);
    folder.write('other.csv', OTHER);
    const inFolder = { folder: folder.path };

    // An ingest of standard input is at work for as long as that is open.
    const first = startProcess(ingestCommand(['-']), { ...inFolder, stdin: 'pipe' });
    first.child.stdin?.write(ONE.slice(0, ONE.length / 2));
    while (!existsSync(`${ledger}.lock`)) await turn();
    const waiting = startProcess(ingestCommand(['other.csv'], '--wait', '5m'), inFolder);
    const leaving = await runProcess(ingestCommand(['other.csv']), inFolder);
    expect(leaving.status).toBe(30);
    expect(leaving.stderr).toContain(`locked by process ${first.child.pid} on `);
    expect(leaving.stderr).toContain('Nothing was changed.');
    first.child.stdin?.end(ONE.slice(ONE.length / 2));

    expect(await first.ended).toMatchObject({ status: 0, stderr: '' });
    expect(await waiting.ended).toMatchObject({ status: 0, stderr: '' });
    expect(folder.names()).toEqual(['ledger.db', 'other.csv']);
    const statuses = queryColumn(ledger, 'SELECT DISTINCT status FROM runs');
    expect(statuses).toEqual(['complete']);
    expect(ledgerFaults(ledger)).toEqual([]);
    const expected = folder.file('expected.db');
    await ingestFiles(expected, [folder.write('all.csv', jobsExport(JOBS))]);
    expect(contentOf(ledger)).toEqual(contentOf(expected));
  });
});

/** What a reader sees at one moment. */
interface Sight {
  readonly jobs: number;
  readonly charges: number;
  readonly inJournal: number;
  readonly rejects: number;
  readonly rejectsInJournal: number;
  /** Files that have other jobs than the journal says. */
  readonly tornFiles: number;
  readonly summarised: number;
  readonly staleDays: number;
}

const SIGHT = `SELECT
  (SELECT count(*) FROM jobs) AS jobs,
  (SELECT count(*) FROM job_charges) AS charges,
  (SELECT sum(jobs) FROM run_files) AS inJournal,
  (SELECT count(*) FROM rejects) AS rejects,
  (SELECT sum(rejects) FROM run_files) AS rejectsInJournal,
  (SELECT count(*) FROM run_files r WHERE jobs <>
    (SELECT count(*) FROM jobs WHERE file_id = r.file_id AND run_id = r.run_id)) AS tornFiles,
  (SELECT sum(job_count) FROM daily_summary) AS summarised,
  (SELECT count(*) FROM stale_days) AS staleDays`;

describe('a reader during an ingest into a ledger that is there', () => {
  it('sees whole batches with their charges, and no error, whether it stays or comes again', async () => {
    using bench = await FaultBench.make('a ledger that is there', 12_000);
    using place = bench.place();
    const ledger = place.file('ledger.db');
    const staying = openForReading(ledger);
    const sights: Sight[] = [];
    try {
      const { ended } = startProcess(ingestCommand(bench.history.names), { folder: place.path });
      let hasEnded = false;
      ended.then(() => {
        hasEnded = true;
      });
      while (!hasEnded) {
        sights.push(sightOf(staying));
        const coming = openForReading(ledger);
        try {
          sights.push(sightOf(coming));
          ledgerTotals(coming);
        } finally {
          closeLedger(coming);
        }
        await turn();
      }
      expect(await ended).toMatchObject({ status: 0 });
      sights.push(sightOf(staying));
    } finally {
      closeLedger(staying);
    }
    expect(sights.flatMap(tornPartsOf)).toEqual([]);
    const seenJobs = sights.map(({ jobs }) => jobs);
    expect(seenJobs).toEqual(seenJobs.toSorted((a, b) => a - b));
    // It did see the ledger grow, batch by batch.
    expect(new Set(seenJobs).size).toBeGreaterThan(2);
    const [atFirst, atLast] = [sights[0], sights[sights.length - 1]];
    expect(atFirst).toMatchObject({ staleDays: 0, summarised: atFirst.jobs });
    expect(atLast).toMatchObject({ staleDays: 0, summarised: atLast.jobs });
    expect(contentOf(ledger)).toEqual(bench.undisturbed.outcome.content);
  });
});

function sightOf(db: Database.Database): Sight {
  const sight = db.prepare<[], Sight>(SIGHT).get();
  if (sight === undefined) throw new Error('there is always one row');
  return sight;
}

function tornPartsOf(sight: Sight): Sight[] {
  const { jobs, charges, inJournal, rejects, rejectsInJournal, tornFiles, summarised } = sight;
  const isWhole =
    jobs === charges &&
    jobs === inJournal &&
    rejects === rejectsInJournal &&
    tornFiles === 0 &&
    (sight.staleDays === 0 ? summarised === jobs : summarised <= jobs);
  return isWhole ? [] : [sight];
}
