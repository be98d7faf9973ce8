import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { closeLedger, openForWriting } from '../../src/ledger/sqlite/open-ledger.ts';
import { ledgerStatus } from '../../src/reports/ledger-status.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ExampleLedger, exampleLedger } from '../support/example-ledger.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('the status of a ledger', () => {
  it('is what it holds and by which rules', async () => {
    using ledger = await exampleLedger();
    const status = ledger.ask(ledgerStatus);
    expect(status).toMatchObject({
      ledger: ledger.path,
      machine: 'derecho',
      timeZone: 'America/Denver',
      schemaVersion: 1,
      chargeVersion: 1,
      notes: [],
    });
    expect(status.totals).toEqual({
      jobs: 5,
      users: 3,
      accounts: 3,
      queues: 5,
      days: 2,
      firstDay: '2026-01-15',
      lastDay: '2026-01-16',
      cpuHours: 584,
      gpuHours: 2.5,
      memoryHours: 15.5,
      cpuCharges: 628.8,
      gpuCharges: 1.9,
      memoryCharges: 16.5,
      rejects: 0,
      sizeBytes: statSync(ledger.path).size,
    });
  });

  it('lists the last five runs, newest first', async () => {
    using ledger = await exampleLedger();
    for (let run = 2; run <= 6; run++) {
      ledger.alter(
        `INSERT INTO runs (id, command, status, started_at, finished_at, qledger_version, charge_version)
         VALUES (${run}, 'ingest', 'complete', ${run * 100}, ${run * 101}, '0', 1)`,
      );
    }
    ledger.alter(
      `INSERT INTO runs (command, status, started_at, qledger_version, charge_version)
       VALUES ('ingest', 'running', 1000, '0', 1)`,
    );
    const { lastRuns } = ledger.ask(ledgerStatus);
    expect(lastRuns.map(({ id }) => id)).toEqual([7, 6, 5, 4, 3]);
    expect(lastRuns.slice(0, 2)).toEqual([
      {
        id: 7,
        command: 'ingest',
        status: 'running',
        startedAt: '1970-01-01T00:16:40Z',
        seconds: null,
        chargeVersion: 1,
      },
      {
        id: 6,
        command: 'ingest',
        status: 'complete',
        startedAt: '1970-01-01T00:10:00Z',
        seconds: 6,
        chargeVersion: 1,
      },
    ]);
  });

  it('counts the lines that are no jobs', async () => {
    using ledger = await exampleLedger();
    await ledger.add('broken.csv', `${jobsExport(EXAMPLE_JOBS)}no job\nnor this\n`);
    expect(ledger.ask(ledgerStatus).totals).toMatchObject({ jobs: 5, rejects: 2 });
  });

  it('is empty of one that nothing was ever written to', () => {
    using ledger = new ExampleLedger(new TempFolder());
    closeLedger(openForWriting(ledger.path));
    expect(ledger.ask(ledgerStatus)).toMatchObject({
      machine: null,
      timeZone: null,
      chargeVersion: null,
      totals: { jobs: 0, days: 0, firstDay: null, lastDay: null, cpuHours: 0, rejects: 0 },
      lastRuns: [],
      notes: [],
    });
  });
});
