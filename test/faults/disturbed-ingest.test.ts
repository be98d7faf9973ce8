import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn } from '../support/query-ledger.ts';
import type { TempFolder } from '../support/temp-folder.ts';
import { ingestCommand, type ProcessEnd, runProcess } from './child-process.ts';
import {
  type Disturbance,
  type DisturbanceKind,
  disturbanceSeries,
  seriesText,
} from './disturbance.ts';
import { canHaveSmallDisk, disturbedRun, documentedStatuses } from './disturbed-run.ts';
import { FaultBench, type Lane, ledgerOutcome } from './fault-bench.ts';

const FEW = 12;
/** `npm run test:faults` asks for many, and of a longer history. */
const FAULTS = Number(process.env.QLEDGER_FAULTS ?? FEW);
const JOBS = FAULTS > FEW ? 50_000 : 12_000;
const TIMEOUT_MS = 60_000 + FAULTS * 15_000;
const LANES: readonly Lane[] = ['a ledger that is there', 'a new ledger'];
/** What the ledger consists of while it is written to, and what a kill may leave. */
const LEDGER_FILES = ['ledger.db', 'ledger.db-shm', 'ledger.db-wal'];
const LEFT_BY_KILL = /^ledger\.db(-shm|-wal|-journal|\.lock|\.building-.*)?$/;
const SIGNALS: readonly DisturbanceKind[] = ['SIGTERM', 'SIGINT'];
const HAS_SMALL_DISK = canHaveSmallDisk();

describe.each(LANES)('an ingest into %s', (lane) => {
  it(
    'that is disturbed keeps whole batches and says why it ended, and the next one loses and doubles nothing',
    async () => {
      using bench = await FaultBench.make(lane, JOBS);
      const series = disturbanceSeries(FAULTS / LANES.length, `faults in ${lane}`);
      for (const each of series) await expectUnharmed(bench, each);
    },
    TIMEOUT_MS,
  );
});

async function expectUnharmed(bench: FaultBench, series: readonly Disturbance[]): Promise<void> {
  const after = seriesText(series);
  using place = bench.place();
  for (const disturbance of series) {
    if (disturbance.kind === 'full disk' && !HAS_SMALL_DISK) continue;
    const before = { names: place.names(), runs: bench.stateOf(place).runs };
    const end = await disturbedRun(bench, place, disturbance);
    const state = bench.stateOf(place);
    expect({ after, faults: state.faults }).toEqual({ after, faults: [] });
    expectDocumentedEnd(end, disturbance, after);
    expectNoNewLeftovers(place, before.names, disturbance, after);
    const ofThisRun = state.runs.slice(before.runs.length);
    expect(ofThisRun.length, after).toBeLessThanOrEqual(1);
    if (SIGNALS.includes(disturbance.kind)) {
      const status = isFinished(end) || end.bySignal ? 'complete' : 'interrupted';
      for (const run of ofThisRun) {
        expect({ after, ...run }).toMatchObject({ after, status, finished_at: expect.any(Number) });
      }
    }
  }
  await expectMadeGood(bench, place, after);
}

function isFinished({ status }: ProcessEnd): boolean {
  return status === 0 || status === 10;
}

function expectDocumentedEnd(end: ProcessEnd, { kind }: Disturbance, after: string): void {
  if (isFinished(end)) return;
  expect(documentedStatuses(kind), `${after}: ${end.status} ${end.stderr}`).toContain(end.status);
  // A process that was not killed says in a sentence why it ended, and shows no place in its code.
  if (!end.bySignal) expect(end.stderr, after).toMatch(/^.+\.$/m);
  expect(end.stderr, after).not.toMatch(/^ {4}at /m);
}

function expectNoNewLeftovers(
  place: TempFolder,
  before: readonly string[],
  { kind }: Disturbance,
  after: string,
): void {
  const added = place.names().filter((name) => !before.includes(name));
  const unexpected = added.filter((name) =>
    kind === 'SIGKILL' ? !LEFT_BY_KILL.test(name) : !LEDGER_FILES.includes(name),
  );
  expect({ after, unexpected }).toEqual({ after, unexpected: [] });
}

async function expectMadeGood(bench: FaultBench, place: TempFolder, after: string): Promise<void> {
  const unended = bench
    .stateOf(place)
    .runs.filter(({ status }) => status === 'running')
    .map(({ id }) => id);
  const command = ingestCommand(bench.history.names, '--report', 'report.json');
  const end = await runProcess(command, { folder: place.path });
  expect([0, 10], `${after}: ${end.stderr}`).toContain(end.status);
  const report = JSON.parse(readFileSync(place.file('report.json'), 'utf8'));
  expect({ after, interrupted: report.interrupted }).toEqual({ after, interrupted: unended });
  for (const id of unended) expect(end.stderr).toContain(`run ${id} (ingest, begun `);
  expect({ after, names: place.names() }).toEqual({ after, names: ['ledger.db', 'report.json'] });
  const ledger = place.file('ledger.db');
  expect({ after, ...ledgerOutcome(ledger) }).toEqual({ after, ...bench.undisturbed.outcome });
  expect({ after, faults: ledgerFaults(ledger) }).toEqual({ after, faults: [] });
  const statuses = queryColumn(ledger, 'SELECT status FROM runs ORDER BY id DESC');
  expect(statuses[0], after).toBe('complete');
  expect(statuses, after).not.toContain('running');
}
