import { describe, expect, it } from 'vitest';
import { runDetails } from '../../src/reports/run-details.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { jobsExport } from '../support/jobs-export.ts';

describe('the details of a run', () => {
  it('are its files with what became of their lines', async () => {
    using ledger = await exampleLedger(EXAMPLE_JOBS.slice(0, 3));
    const text = `${jobsExport(EXAMPLE_JOBS)}\nno job\n`;
    await ledger.add('more.csv', text);
    const first = ledger.ask((db) => runDetails(db, 1));
    expect(first).toMatchObject({ newJobs: 3, rejects: [], files: [{ newJobs: 3, lines: 3 }] });
    const second = ledger.ask((db) => runDetails(db, 2));
    expect(second).toMatchObject({
      run: { id: 2, command: 'ingest', status: 'complete' },
      newJobs: 2,
      rejects: [{ code: 'field-count', count: 1, line: 8 }],
    });
    expect(second?.files).toEqual([
      {
        path: ledger.path.replace('ledger.db', 'more.csv'),
        format: 'qhist-csv',
        lines: 7,
        newJobs: 2,
        duplicates: 3,
        updated: 0,
        rejects: 1,
        skippedLines: 1,
        fromOffset: text.indexOf('\n') + 1,
        toOffset: text.length,
        sizeBytes: text.length,
        complete: true,
      },
    ]);
  });

  it('name its steps, the longest first', async () => {
    using ledger = await exampleLedger();
    ledger.alter(
      `DELETE FROM run_steps; INSERT INTO run_steps VALUES (1, 'load', 2.5), (1, 'summary', 0.5), (1, 'check', 4)`,
    );
    expect(ledger.ask((db) => runDetails(db, 1))?.steps).toEqual([
      { step: 'check', seconds: 4 },
      { step: 'load', seconds: 2.5 },
      { step: 'summary', seconds: 0.5 },
    ]);
  });

  it('are undefined where there is no such run', async () => {
    using ledger = await exampleLedger();
    expect(ledger.ask((db) => runDetails(db, 2))).toBeUndefined();
  });
});
