import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';
import { LAUNCHER } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const JOBS = 30_000;
const BROKEN = 25;
/** `QLEDGER_KILLS=100` by hand. */
const KILLS = Number(process.env.QLEDGER_KILLS ?? 20);
/** After so many kills in a row a run is let through. */
const KILLS_IN_A_ROW = 20;
/** What there is when nothing is under way. */
const ALL_FILES = ['jobs.csv', 'ledger.db'];
const TIMEOUT_MS = 60_000 + KILLS * 4000;

describe('an ingest into a new ledger that is killed', () => {
  it(
    'leaves no ledger or a whole one, and the next run makes it whole and tidies up',
    async () => {
      using folder = new TempFolder();
      const history = qhistHistory({
        machine: machineProfiles.derecho,
        jobs: JOBS,
        broken: BROKEN,
        seed: 1,
        firstDay: parseLocalDay('2025-01-01'),
        jobsPerDay: 5000,
      });
      folder.write('jobs.csv', [...history].join(''));
      const startedAt = performance.now();
      await runToItsEnd(folder);
      const runMs = performance.now() - startedAt;
      rmSync(folder.file('ledger.db'));

      const random = new SeededRandom('kills');
      for (let kill = 1; kill <= KILLS; kill++) {
        await runUntilKilled(folder, random.unit() * 1.1 * runMs);
        expectNothingOrWhole(folder);
        if (kill % KILLS_IN_A_ROW === 0 || kill === KILLS) {
          await runToItsEnd(folder);
          expect(folder.names()).toEqual(ALL_FILES);
        }
        if (existsSync(folder.file('ledger.db'))) rmSync(folder.file('ledger.db'));
      }
    },
    TIMEOUT_MS,
  );

  it('just after it has put the ledger into service leaves nothing that the next run does not remove', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    leaveBuild(ledger);
    await ingestFiles(ledger, [file]);
    expect(folder.names()).toEqual(ALL_FILES);
  });

  it('leaves nothing that a run does not remove which knows the ledger by another name', async () => {
    using folder = new TempFolder();
    using elsewhere = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    leaveBuild(ledger);
    symlinkSync(ledger, elsewhere.file('other.db'));
    await ingestFiles(elsewhere.file('other.db'), [file]);
    expect(folder.names()).toEqual(ALL_FILES);
  });
});

/** The folder of a build whose process is gone. */
function leaveBuild(ledger: string): void {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const left = `${ledger}.building-${pid}-1767225600000-AbCdEf`;
  mkdirSync(left);
  writeFileSync(`${left}/ledger.db`, 'whatever it had written');
}

function start(folder: TempFolder): ReturnType<typeof spawn> {
  return spawn(
    process.execPath,
    [LAUNCHER, 'ingest', 'jobs.csv', '--machine', 'derecho', '--db', 'ledger.db'],
    { cwd: folder.path, stdio: 'ignore' },
  );
}

async function runToItsEnd(folder: TempFolder): Promise<void> {
  const [status] = await once(start(folder), 'exit');
  expect([0, 10]).toContain(status);
  expectWhole(folder.file('ledger.db'));
}

async function runUntilKilled(folder: TempFolder, afterMs: number): Promise<void> {
  const child = start(folder);
  const ended = new AbortController();
  const killing = delay(afterMs, undefined, { signal: ended.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await once(child, 'exit');
  ended.abort();
  await killing;
}

function expectNothingOrWhole(folder: TempFolder): void {
  const ledger = folder.file('ledger.db');
  if (existsSync(ledger)) expectWhole(ledger);
  const others = folder.names().filter((name) => ![...ALL_FILES, 'ledger.db.lock'].includes(name));
  // What the killed run was building, and nothing of those before it.
  expect(others.length).toBeLessThanOrEqual(1);
  for (const name of others) expect(name).toMatch(/^ledger\.db\.building-/);
}

function expectWhole(ledger: string): void {
  expect(queryColumn(ledger, 'PRAGMA integrity_check')).toEqual(['ok']);
  expect(queryColumn(ledger, 'PRAGMA foreign_key_check')).toEqual([]);
  expect(
    queryLedger(
      ledger,
      `SELECT
         (SELECT count(*) FROM jobs) - (SELECT count(*) FROM job_charges) AS uncharged,
         (SELECT count(*) FROM jobs) - (SELECT sum(job_count) FROM daily_summary) AS not_summarised,
         (SELECT count(*) FROM stale_days) AS stale,
         (SELECT count(*) FROM jobs) + (SELECT count(*) FROM rejects)
           + (SELECT sum(skipped_lines) FROM v_source_files) AS lines,
         (SELECT group_concat(DISTINCT status) FROM runs) AS runs`,
    ),
  ).toEqual([
    { uncharged: 0, not_summarised: 0, stale: 0, lines: JOBS + BROKEN, runs: 'complete' },
  ]);
}
