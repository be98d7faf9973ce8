import { describe, expect, it } from 'vitest';
import { jobOrigins } from '../../src/reports/job-origins.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { jobsExport } from '../support/jobs-export.ts';

describe('the origins of a job', () => {
  it('are run, file and line of each job with its id, with or without the server', async () => {
    using ledger = await exampleLedger();
    await ledger.add(
      'years-later.csv',
      jobsExport([
        { 'Job ID': '1030.desched1' },
        { ...EXAMPLE_JOBS[2], 'Job Submit': '2026-01-15 09:00:00' },
      ]),
    );
    const origins = ledger.ask((db) => jobOrigins(db, '103[7].desched1'));
    expect(origins).toEqual([
      {
        jobId: '103[7].desched1',
        submit: '2026-01-15T15:00:00Z',
        end: '2026-01-15T17:15:00Z',
        runId: 1,
        command: 'ingest',
        runStartedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        path: ledger.path.replace('ledger.db', 'jobs.csv'),
        line: 4,
      },
      expect.objectContaining({ submit: '2026-01-15T16:00:00Z', runId: 2, line: 3 }),
    ]);
    expect(ledger.ask((db) => jobOrigins(db, '103[7]'))).toEqual(origins);
  });

  it('are none of a job with a longer number, and none of one that the ledger has not', async () => {
    using ledger = await exampleLedger();
    for (const id of ['10', '103', '1', '', '103[7].', '%']) {
      expect(ledger.ask((db) => jobOrigins(db, id))).toEqual([]);
    }
  });
});
