import type Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../pipelines/interruption.ts';
import { openForReading } from '../../src/ledger/sqlite/open-ledger.ts';
import { failureOf } from '../support/failure-of.ts';
import { ledgerDigestOf } from '../support/ledger-digest-of.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { cheaperDerecho } from '../support/other-rules.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { rechargeLedger } from '../support/recharge-ledger.ts';
import { sameJobs } from '../support/same-jobs.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { ledgerOf, versionCounts } from './ledger-of.ts';

describe('a recharge that is interrupted', () => {
  it('leaves whole batches and marks their days, and the next one writes only what is left', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(100), cheaperDerecho());
    const stop = new AbortController();
    const failure = await failureOf(
      rechargeLedger(ledger, { idsAtOnce: 10, signal: stop.signal }, ({ doneJobs }) => {
        if (doneJobs === 39) stop.abort(new Interruption('SIGTERM'));
      }),
    );
    expect(failure).toBeInstanceOf(Interruption);
    expect(versionCounts(ledger)).toEqual([
      { charge_version: 1, jobs: 61 },
      { charge_version: 2, jobs: 39 },
    ]);
    expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['complete', 'interrupted']);
    expect(queryColumn(ledger, 'SELECT count(*) FROM stale_days')).toEqual([4]);
    const { totals } = await rechargeLedger(ledger, { idsAtOnce: 10 });
    expect(totals.changed).toBeLessThanOrEqual(61);
    expect(versionCounts(ledger)).toEqual([{ charge_version: 2, jobs: 100 }]);
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('and gone on with for some queues only leaves no day stale', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const stop = new AbortController();
    const first = rechargeLedger(ledger, { idsAtOnce: 10, signal: stop.signal }, () =>
      stop.abort(new Interruption('SIGINT')),
    );
    expect(await failureOf(first)).toBeInstanceOf(Interruption);
    await rechargeLedger(ledger, { range: { queue: 'gpu' } });
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe('while a ledger is charged again', () => {
  it('a reader that has begun keeps seeing it as it was, and another one sees whole batches', async () => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(100));
    const count = 'SELECT count(*) FROM job_charges WHERE charge_version = 2';
    const seen: unknown[] = [];
    let first: Database.Database | undefined;
    try {
      await rechargeLedger(ledger, { idsAtOnce: 20 }, () => {
        const reader = openForReading(ledger);
        if (first === undefined) reader.exec('BEGIN');
        seen.push(reader.prepare(count).pluck().get());
        if (first === undefined) first = reader;
        else reader.close();
        expect(first.prepare(count).pluck().get()).toBe(19);
      });
    } finally {
      first?.close();
    }
    expect(seen).toEqual([19, 39, 59, 79, 99, 100]);
  });
});

describe('a recharge that reads the file of the ledger', () => {
  it.each([
    { who: 'nobody else', reads: false },
    { who: 'a reader of an older state, so that SQLite is asked', reads: true },
  ])('in stretches, beside $who', async ({ reads }) => {
    using folder = new TempFolder();
    const ledger = await ledgerOf(folder, 'ledger.db', sameJobs(150));
    const anew = await ledgerOf(folder, 'anew.db', sameJobs(150), cheaperDerecho());
    let reader: Database.Database | undefined;
    await rechargeLedger(ledger, { idsAtOnce: 1 }, () => {
      if (!reads || reader !== undefined) return;
      reader = openForReading(ledger);
      reader.exec('BEGIN; SELECT * FROM sqlite_schema');
    });
    reader?.close();
    expect(ledgerDigestOf(ledger)).toEqual(ledgerDigestOf(anew));
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});
