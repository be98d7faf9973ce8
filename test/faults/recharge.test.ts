import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { qhistHistory } from '../../sample-data/qhist-history.ts';
import { SeededRandom } from '../../sample-data/random/seeded-random.ts';
import { machineProfiles } from '../../sample-data/world/machine-profiles.ts';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { NODE_COMMAND } from '../support/node-command.ts';
import { cheaperDerecho } from '../support/other-rules.ts';
import { queryColumn, queryLedger } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { SIGNAL_STATUS } from './child-process.ts';

/** `npm run test:faults` asks for many. */
const FAULTS = Number(process.env.QLEDGER_FAULTS ?? 6);
const JOBS = 6000;
const IDS_AT_ONCE = 100;
const TIMEOUT_MS = 60_000 + FAULTS * 15_000;
const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGINT'] as const;
/** After so many in a row a recharge is let through. */
const MOST_IN_A_ROW = 3;
const RECHARGE = fileURLToPath(new URL('../fixtures/recharge-in-batches.ts', import.meta.url));

describe('a recharge that is killed or stopped', () => {
  it(
    'leaves each batch as it was or as it is to be, and the next one does the rest',
    async () => {
      using bench = await RechargeBench.make();
      const random = new SeededRandom('faults of a recharge');
      let inARow = 0;
      for (let fault = 0; fault < FAULTS; fault++) {
        const signal = SIGNALS[fault % SIGNALS.length];
        // More often early, when there is still much to be written.
        const afterMs = random.unit() ** 2 * bench.milliseconds;
        const { status, stderr } = await bench.disturb(signal, afterMs);
        if (status !== 0) expect(status, stderr).toBe(SIGNAL_STATUS[signal]);
        expect({ fault, faults: bench.faults() }).toEqual({ fault, faults: [] });
        if (signal !== 'SIGKILL') expect(bench.statuses().at(-1)).not.toBe('running');
        inARow++;
        if (status !== 0 && inARow < MOST_IN_A_ROW && fault + 1 < FAULTS) continue;
        await bench.finish();
        bench.reset();
        inARow = 0;
      }
    },
    TIMEOUT_MS,
  );
});

/** A ledger to be charged again, and what it must be afterwards. */
class RechargeBench implements Disposable {
  /** From the first batch to the end. */
  readonly milliseconds: number;
  readonly #folder: TempFolder;
  readonly #wanted: unknown;

  private constructor(folder: TempFolder, milliseconds: number, wanted: unknown) {
    this.#folder = folder;
    this.milliseconds = milliseconds;
    this.#wanted = wanted;
  }

  static async make(): Promise<RechargeBench> {
    const folder = new TempFolder();
    const history = qhistHistory({
      machine: machineProfiles.derecho,
      jobs: JOBS,
      broken: 0,
      seed: 1,
      firstDay: parseLocalDay('2025-01-01'),
      jobsPerDay: 1000,
    });
    const file = folder.write('jobs.csv', [...history].join(''));
    await ingestFiles(folder.file('original.db'), [file]);
    const anew = folder.file('anew.db');
    await ingestFiles(anew, [file], { machine: cheaperDerecho() });
    copyFileSync(folder.file('original.db'), folder.file('ledger.db'));
    const child = startIn(folder);
    const ended = once(child, 'exit');
    await once(child, 'message');
    const startedAt = performance.now();
    await ended;
    const bench = new RechargeBench(folder, performance.now() - startedAt, ledgerDigestOf(anew));
    bench.#expectDone();
    bench.reset();
    return bench;
  }

  reset(): void {
    copyFileSync(this.#folder.file('original.db'), this.#folder.file('ledger.db'));
  }

  /**
   * Sends a signal to a recharge so long after its first batch.
   * @returns its status, as a shell tells it, and what it said last.
   */
  async disturb(
    signal: keyof typeof SIGNAL_STATUS,
    afterMs: number,
  ): Promise<{ status: number; stderr: string }> {
    const child = startIn(this.#folder);
    const ended = once(child, 'exit');
    const said = child.stderr === null ? '' : text(child.stderr);
    // One that has nothing left to write ends without a word.
    await Promise.race([once(child, 'message'), ended]);
    const over = new AbortController();
    const sending = delay(afterMs, undefined, { signal: over.signal }).then(
      () => child.kill(signal),
      () => false,
    );
    const [status] = await ended;
    over.abort();
    await sending;
    return { status: status ?? SIGNAL_STATUS[signal], stderr: await said };
  }

  async finish(): Promise<void> {
    const child = startIn(this.#folder);
    const said = child.stderr === null ? '' : text(child.stderr);
    const [status] = await once(child, 'exit');
    expect(status, await said).toBe(0);
    this.#expectDone();
  }

  /** Looks at a copy: to open a ledger that was killed is to mend it, which is the next recharge's part. */
  faults(): string[] {
    using copy = new TempFolder();
    const ledger = copy.file('ledger.db');
    for (const ending of ['', '-wal', '-journal']) {
      const original = this.#folder.file(`ledger.db${ending}`);
      if (existsSync(original)) copyFileSync(original, `${ledger}${ending}`);
    }
    const stale = queryColumn(ledger, 'SELECT date FROM stale_days');
    const ofFreshDays = ledgerFaults(ledger).filter(
      (fault) => !fault.startsWith('stale ') && !stale.some((date) => fault.includes(String(date))),
    );
    return [...ofFreshDays, ...brokenBatches(ledger)];
  }

  statuses(): unknown[] {
    return queryColumn(this.#folder.file('ledger.db'), 'SELECT status FROM runs');
  }

  #expectDone(): void {
    const ledger = this.#folder.file('ledger.db');
    expect(ledgerDigestOf(ledger)).toEqual(this.#wanted);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT DISTINCT charge_version FROM job_charges')).toEqual([2]);
    expect(this.statuses().at(-1)).toBe('complete');
    expect(this.#folder.names().filter((name) => name.startsWith('ledger.db'))).toEqual([
      'ledger.db',
    ]);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}

/** Batches of which some jobs are charged by the old rules and some by the new ones. */
function brokenBatches(ledger: string): string[] {
  return queryLedger(
    ledger,
    `SELECT job_id / ${IDS_AT_ONCE} AS batch, count(*) AS jobs, sum(charge_version = 2) AS new
     FROM job_charges GROUP BY 1 HAVING new NOT IN (0, jobs)`,
  ).map((row) => `batch: ${JSON.stringify(row)}`);
}

function startIn(folder: TempFolder): ChildProcess {
  const [node, flag] = NODE_COMMAND;
  return spawn(node, [flag, RECHARGE, folder.file('ledger.db'), String(IDS_AT_ONCE)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
