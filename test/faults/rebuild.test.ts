import { copyFileSync, renameSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import type { ContentDigests } from '../../src/ledger/sqlite/ledger-digest.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { LAUNCHER } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { runProcess, startProcess } from './child-process.ts';

const FEW = 6;
/** `npm run test:faults` asks for many. */
const KILLS = Number(process.env.QLEDGER_FAULTS ?? FEW);
const MOST_IN_A_ROW = 3;
const TIMEOUT_MS = 60_000 + KILLS * 20_000;
const POLL_MS = 2;
const BACKUP = /^ledger\.db\..*\.bak$/;
const LEFT_BY_KILL = /^ledger\.db(\.lock|\.building-.*|\..*\.bak)?$/;

describe('a rebuild that is killed', () => {
  it(
    'leaves the old ledger in service or the whole new one, who reads it never notices, and the next one tidies up',
    async () => {
      using folder = new TempFolder();
      const bench = await makeBench(folder);
      const random = new SeededRandom('killed rebuilds');
      for (let kills = 0; kills < KILLS; ) {
        putOldLedger(folder);
        using reader = new KeptReader(folder.file('ledger.db'));
        const inARow = Math.min(KILLS - kills, random.between(1, MOST_IN_A_ROW));
        for (let i = 0; i < inARow; i++, kills++) {
          // Every third comes just when the swap begins.
          const when = kills % 3 === 2 ? 'at the swap' : random.unit() * 1.1 * bench.milliseconds;
          const seen = await watchedRebuild(folder, when);
          expectOldOrNew(seen, bench);
          for (const name of leftIn(folder, bench)) expect(name).toMatch(LEFT_BY_KILL);
          expect([bench.old, bench.new]).toContainEqual(stateOf(folder.file('ledger.db')));
          expect([bench.oldDigest, bench.newDigest]).toContainEqual(digestOf(folder));
          expect(reader.state()).toEqual(bench.old);
        }
        expectOldOrNew(await watchedRebuild(folder, null), bench);
        expect(stateOf(folder.file('ledger.db'))).toEqual(bench.new);
        expect(digestOf(folder)).toEqual(bench.newDigest);
        expect(ledgerFaults(folder.file('ledger.db'))).toEqual([]);
        const left = leftIn(folder, bench);
        expect(left.filter((name) => !BACKUP.test(name))).toEqual(['ledger.db']);
        expect(left).toHaveLength(2);
        expect(reader.state()).toEqual(bench.old);
      }
    },
    TIMEOUT_MS,
  );
});

/** What a ledger answers: sums of its jobs, and of its summary, and how many runs it knows. */
type State = Readonly<Record<string, number>>;

interface Bench {
  readonly files: readonly string[];
  readonly milliseconds: number;
  readonly old: State;
  readonly new: State;
  readonly oldDigest: ContentDigests;
  /** Of a rebuild that nothing disturbs. */
  readonly newDigest: ContentDigests;
}

/** The old ledger grew of two files; the rebuild has a third. */
async function makeBench(folder: TempFolder): Promise<Bench> {
  const files = ['2024-12-20', '2025-01-10', '2025-02-01'].map((day, seed) => {
    const options = { seed, firstDay: parseLocalDay(day), jobs: 3000, jobsPerDay: 300, broken: 5 };
    const history = qhistHistory({ machine: machineProfiles.derecho, ...options });
    return folder.write(`jobs${seed}.csv`, [...history].join(''));
  });
  const ledger = folder.file('kept.db');
  for (const file of files.slice(0, 2)) await ingestFiles(ledger, [file]);
  putOldLedger(folder);
  const startedAt = performance.now();
  const { status, stderr } = await runProcess(REBUILD, { folder: folder.path });
  if (status !== 0) throw new Error(`an undisturbed rebuild ended with ${status}: ${stderr}`);
  const milliseconds = performance.now() - startedAt;
  return {
    files: ['jobs0.csv', 'jobs1.csv', 'jobs2.csv', 'kept.db'],
    milliseconds,
    old: stateOf(ledger),
    new: stateOf(folder.file('ledger.db')),
    oldDigest: ledgerDigestOf(ledger),
    newDigest: digestOf(folder),
  };
}

const REBUILD = [
  process.execPath,
  LAUNCHER,
  'rebuild',
  'jobs?.csv',
  ...['--machine', 'derecho', '--db', 'ledger.db', '--quiet'],
];

function digestOf(folder: TempFolder): ContentDigests {
  return ledgerDigestOf(folder.file('ledger.db'));
}

/** In one step, as somebody may be reading. */
function putOldLedger(folder: TempFolder): void {
  copyFileSync(folder.file('kept.db'), folder.file('copy.db'));
  renameSync(folder.file('copy.db'), folder.file('ledger.db'));
}

function leftIn(folder: TempFolder, { files }: Bench): string[] {
  return folder.names().filter((name) => !files.includes(name));
}

/**
 * Rebuilds, and asks the ledger over and over meanwhile.
 * @param kill after so many milliseconds, or when the backup appears; null for never.
 * @returns what it answered.
 */
async function watchedRebuild(
  folder: TempFolder,
  kill: number | 'at the swap' | null,
): Promise<State[]> {
  const before = backupsIn(folder);
  const { child, ended } = startProcess(REBUILD, { folder: folder.path });
  const startedAt = performance.now();
  let isOver = false;
  const end = ended.finally(() => {
    isOver = true;
  });
  const seen: State[] = [];
  while (!isOver) {
    seen.push(stateOf(folder.file('ledger.db')));
    const isTime =
      kill === 'at the swap'
        ? backupsIn(folder) !== before
        : kill !== null && performance.now() - startedAt >= kill;
    if (isTime) child.kill('SIGKILL');
    await delay(POLL_MS);
  }
  const { bySignal, status, stderr } = await end;
  if (!bySignal) expect(status, stderr).toBe(0);
  return seen;
}

function backupsIn(folder: TempFolder): string {
  return folder
    .names()
    .filter((name) => BACKUP.test(name))
    .join();
}

/** Old ones first, then new ones: never a mixture, and never an old one again. */
function expectOldOrNew(seen: readonly State[], bench: Bench): void {
  const firstNew = seen.findIndex((state) => state.jobs === bench.new.jobs);
  const old = firstNew < 0 ? seen : seen.slice(0, firstNew);
  const others = firstNew < 0 ? [] : seen.slice(firstNew);
  expect(old.filter((state) => !isSame(state, bench.old))).toEqual([]);
  expect(others.filter((state) => !isSame(state, bench.new))).toEqual([]);
}

function isSame(a: State, b: State): boolean {
  return Object.keys(b).every((key) => a[key] === b[key]);
}

/** Asks as one who opens the ledger for it. */
function stateOf(ledger: string): State {
  using reader = new KeptReader(ledger);
  return reader.state();
}

/** Has a ledger open over more than one question, each of them by itself. */
class KeptReader implements Disposable {
  readonly #db: Database.Database;

  constructor(ledger: string) {
    this.#db = new Database(ledger, { readonly: true, fileMustExist: true });
  }

  state(): State {
    const ask = (sql: string): number => Number(this.#db.prepare(sql).pluck().get());
    return {
      jobs: ask('SELECT count(*) FROM jobs'),
      summarised: ask('SELECT sum(job_count) FROM daily_summary'),
      cpuHours: ask('SELECT round(sum(cpu_hours), 3) FROM job_charges'),
      runs: ask('SELECT count(*) FROM runs'),
      rejects: ask('SELECT count(*) FROM rejects'),
    };
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }
}
