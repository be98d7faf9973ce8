import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OLD_DATABASE_FORMATS } from '../../../sample-data/old-database/old-database-format.ts';
import { closeLedger, openForReading } from '../../../src/ledger/sqlite/open-ledger.ts';
import { ledgerQueries } from '../../../src/reports/migration/ledger-queries.ts';
import { oldQueries } from '../../../src/reports/migration/old-queries.ts';
import {
  STANDARD_QUERIES,
  type StandardQueryName,
} from '../../../src/reports/migration/standard-queries.ts';
import type { Queue } from '../../../src/reports/queue-resources.ts';
import type { ReportValue } from '../../../src/reports/report.ts';
import { windowInstants } from '../../../src/reports/window-instants.ts';
import { oldSchema } from '../../../src/sources/old-database/old-schema.ts';
import { migrated } from '../../support/migrated.ts';
import { makeOldDatabase, type OldRow, oldRows } from '../../support/old-databases.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { TempFolder } from '../../support/temp-folder.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Around it the clocks of Denver change, in the night of the 2nd. */
const FIRST_END = Date.UTC(2025, 9, 25) / 1000;
const WINDOW = { from: '2025-10-28', to: '2025-11-10' };

const randomRow: fc.Arbitrary<OldRow> = fc
  .record({
    user: fc.constantFrom('ada', 'bob', 'eve'),
    account: fc.constantFrom('NUMB0001', 'NUMB0002'),
    queue: fc.constantFrom('cpu', 'develop', "o'queue", 'gpu'),
    end: fc.integer({ min: 0, max: 20 * DAY }),
    elapsed: fc.integer({ min: 0, max: DAY }),
    wait: fc.option(fc.integer({ min: -HOUR, max: 9 * DAY }), { freq: 6 }),
    numnodes: fc.option(fc.constantFrom(0, 1, 2, 3, 4, 100, 2048, 2049, 9000), { freq: 9 }),
    numcpus: fc.integer({ min: 0, max: 256 }),
  })
  .map(({ end, wait, ...row }) => {
    const start = FIRST_END + end - row.elapsed;
    return {
      ...row,
      // A day on which the queues that are asked about have no job.
      ...(Math.floor(end / DAY) === 10 ? { queue: 'gpu' } : {}),
      submit: timeText(start - 30 * DAY),
      eligible: wait === null ? null : timeText(start - wait),
      start: timeText(start),
      end: timeText(FIRST_END + end),
    };
  });

describe.each(OLD_DATABASE_FORMATS)('the standard queries, of an %s database', (format) => {
  it.each([
    ['UTC', STANDARD_QUERIES],
    // The old database knows no other days than those of UTC.
    ['America/Denver', STANDARD_QUERIES.filter((name) => name !== 'usage history')],
  ])('are answered the same by its ledger with days of %s', async (timeZone, names) => {
    using folder = new TempFolder();
    const rows = fc.sample(randomRow, { numRuns: 400, seed: 11 });
    const oldPath = makeOldDatabase(folder.file('old.db'), format, oldRows(...rows));
    const ledgerPath = folder.file('new.db');
    const machine = { ...presetMachine('derecho'), timeZone };
    const { outcome } = await migrated(oldPath, ledgerPath, { machine });
    expect(outcome).toBe('in service');
    for (const name of names) {
      const { old, ledger } = answersOf(oldPath, ledgerPath, name);
      expect(ledger.length, name).toBeGreaterThan(1);
      expect(ledger, name).toEqual(old.map((row) => row.map(nearly)));
    }
  });
});

function answersOf(oldPath: string, ledgerPath: string, name: StandardQueryName) {
  const old = new Database(oldPath, { readonly: true });
  const ledger = openForReading(ledgerPath);
  try {
    const queues = ledger
      .prepare<[], Queue>("SELECT id, queue_name AS name FROM queues WHERE queue_name <> 'gpu'")
      .all();
    const window = { ...WINDOW, ...windowInstants(ledger, WINDOW.from, WINDOW.to) };
    const names = queues.map((queue) => queue.name);
    return {
      old: sorted(oldQueries(old, oldSchema(old), names)[name](window)),
      ledger: sorted(ledgerQueries(ledger, queues)[name](window)),
    };
  } finally {
    old.close();
    closeLedger(ledger);
  }
}

/** Owners of equal hours are in any order. */
function sorted(rows: ReportValue[][]): ReportValue[][] {
  return rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}

/** Sums in another order, and a wait by way of days with a fraction, differ in their last digits. */
function nearly(value: ReportValue): unknown {
  return typeof value === 'number' ? expect.closeTo(value, 4) : value;
}

function timeText(utcSeconds: number): string {
  return new Date(1000 * utcSeconds).toISOString().replace('T', ' ').replace('Z', '000');
}
