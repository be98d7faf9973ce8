import { describe, expect, it } from 'vitest';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { ingestCommand, runProcess } from './child-process.ts';
import type { DisturbanceKind } from './disturbance.ts';
import { canHaveSmallDisk, disturbedRun, documentedStatuses } from './disturbed-run.ts';
import { FaultBench, type Lane, ledgerOutcome } from './fault-bench.ts';

const JOBS = 6000;
/** So early that files are still being loaded. */
const EARLY = 0.3;
const KINDS: readonly DisturbanceKind[] = canHaveSmallDisk()
  ? ['full disk', 'file size limit']
  : ['file size limit'];

describe.each<Lane>(['a ledger that is there', 'a new ledger'])(
  'an ingest into %s that has no room left',
  (lane) => {
    it('says at which place of which file, and goes on when there is room', async () => {
      using bench = await FaultBench.make(lane, JOBS);
      for (const kind of KINDS) await expectToldAndMadeGood(bench, kind);
    });
  },
);

async function expectToldAndMadeGood(bench: FaultBench, kind: DisturbanceKind): Promise<void> {
  using place = bench.place();
  const end = await disturbedRun(bench, place, { kind, at: EARLY });
  expect(documentedStatuses(kind), end.stderr).toContain(end.status);
  expect(end.stderr).toMatch(/: loading bytes \d+ to \d+ failed: /);
  expect(bench.stateOf(place).faults).toEqual([]);

  const again = await runProcess(ingestCommand(bench.history.names), { folder: place.path });
  expect(again.status).toBe(0);
  expect(ledgerOutcome(place.file('ledger.db'))).toEqual(bench.undisturbed.outcome);
  expect(ledgerFaults(place.file('ledger.db'))).toEqual([]);
  expect(place.names()).toEqual(['ledger.db']);
}
