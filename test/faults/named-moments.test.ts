import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { NODE_COMMAND } from '../support/node-command.ts';
import { alterDatabase, queryColumn, queryLedger } from '../support/query-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { batchFaults } from './batch-faults.ts';
import { ingestCommand, runProcess, SIGNAL_STATUS, startProcess } from './child-process.ts';
import { contentOf } from './fault-bench.ts';

const EXPORT = jobsExport(sameJobs(200));
/** The days of that export, of which the second is never summarised to its end. */
const DAYS = ['2026-01-15', '2026-01-16', '2026-01-17', '2026-01-18'];
const ENDLESS = `
  CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
  CREATE TRIGGER never_ends AFTER INSERT ON daily_summary WHEN new.date = '${DAYS[1]}'
    BEGIN SELECT count(*) FROM endless; END`;
const KILLED_IN_ANALYZE = fileURLToPath(
  new URL('../fixtures/ingest-killed-in-analyze.ts', import.meta.url),
);

describe('an ingest that is killed in the midst of the summary', () => {
  it('has all jobs, days that are summarised or marked as stale, and a lock that is free', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', EXPORT);
    await makeEmptyLedger(ledger);
    alterDatabase(ledger, ENDLESS);
    const { child, ended } = startProcess(ingestCommand(['jobs.csv']), { folder: folder.path });
    await until(ended, () => {
      const stale = queryColumn(ledger, 'SELECT date FROM stale_days ORDER BY date');
      return stale.length > 0 && stale.length < DAYS.length;
    });

    // Who is in the midst of it has the lock.
    const other = await runProcess(ingestCommand(['jobs.csv']), { folder: folder.path });
    expect(other.status).toBe(30);
    expect(other.stderr).toContain(`locked by process ${child.pid} on `);

    child.kill('SIGKILL');
    expect((await ended).status).toBe(SIGNAL_STATUS.SIGKILL);
    expect(batchFaults(ledger, new Map([[file, readFileSync(file)]]))).toEqual([]);
    expect(queryLedger(ledger, 'SELECT complete, jobs FROM v_source_files')).toContainEqual({
      complete: 1,
      jobs: 200,
    });
    expect(queryColumn(ledger, 'SELECT date FROM stale_days ORDER BY date')).toEqual(DAYS.slice(1));
    alterDatabase(ledger, 'DROP TRIGGER never_ends; DROP VIEW endless');

    const again = await runProcess(ingestCommand(['jobs.csv']), { folder: folder.path });
    expect(again.status).toBe(10);
    expect(again.stderr).toContain('run 2 (ingest, begun ');
    expect(queryColumn(ledger, 'SELECT status FROM runs ORDER BY id')).toEqual([
      'complete',
      'interrupted',
      'complete',
    ]);
    await expectWhole(folder);
  });
});

describe('an ingest that is killed in the midst of the statistics', () => {
  it.each([
    ['of a ledger that is there', true],
    ['of a new ledger', false],
  ])('%s', async (_which, isThere) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    folder.write('jobs.csv', EXPORT);
    // An empty file becomes a ledger by transactions, and has no statistics yet.
    if (isThere) writeFileSync(ledger, '');
    const command = [...NODE_COMMAND, KILLED_IN_ANALYZE, 'ledger.db', 'jobs.csv'];
    const { status } = await runProcess(command, { folder: folder.path });
    expect(status).toBe(SIGNAL_STATUS.SIGKILL);
    expect(folder.names().includes('ledger.db')).toBe(isThere);
    if (isThere) {
      expect(ledgerFaults(ledger)).toEqual([]);
      expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['running']);
    }

    const again = await runProcess(ingestCommand(['jobs.csv']), { folder: folder.path });
    expect(again.status).toBe(isThere ? 10 : 0);
    expect(again.stderr.includes('run 1 (ingest, begun ')).toBe(isThere);
    await expectWhole(folder);

    // The next new jobs make good what is missing for the planner of queries.
    folder.write('more.csv', jobsExport(EXAMPLE_JOBS));
    await runProcess(ingestCommand(['more.csv']), { folder: folder.path });
    expect(queryColumn(ledger, 'SELECT count(*) > 0 FROM sqlite_stat1')).toEqual([1]);
  });
});

async function expectWhole(folder: TempFolder): Promise<void> {
  const ledger = folder.file('ledger.db');
  expect(ledgerFaults(ledger)).toEqual([]);
  expect(folder.names()).toEqual(['jobs.csv', 'ledger.db']);
  const undisturbed = folder.file('undisturbed.db');
  await ingestFiles(undisturbed, [folder.file('jobs.csv')]);
  expect(contentOf(ledger)).toEqual(contentOf(undisturbed));
}

/** Waits for what a process brings about. @throws Error where it ends before. */
async function until(ended: Promise<unknown>, isSo: () => boolean): Promise<void> {
  let hasEnded = false;
  ended.then(() => {
    hasEnded = true;
  });
  while (!isSo()) {
    if (hasEnded) throw new Error('the process has ended before');
    await delay(5);
  }
}
