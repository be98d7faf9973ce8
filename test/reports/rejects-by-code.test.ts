import { describe, expect, it } from 'vitest';
import { rejectsByCode } from '../../src/reports/rejects-by-code.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { jobsExport } from '../support/jobs-export.ts';

describe('rejectsByCode', () => {
  it('counts the rejects of a run, most frequent first, each with the first of its kind', async () => {
    using ledger = await exampleLedger();
    const text = jobsExport([
      { 'Job ID': 'none' },
      { Elapsed: 'long' },
      { Elapsed: 'longer' },
      { 'Job End': 'never' },
    ]);
    await ledger.add('broken.csv', text);
    const path = ledger.path.replace('ledger.db', 'broken.csv');
    expect(ledger.ask((db) => rejectsByCode(db, 2))).toEqual([
      {
        code: 'bad-number',
        count: 2,
        path,
        line: 3,
        reason: '"Elapsed" is "long", not a duration such as 3.25 or 03:15:00',
      },
      {
        code: 'bad-job-id',
        count: 1,
        path,
        line: 2,
        reason: '"Job ID" is "none", not a job id such as 4519896.server or 6049117[28].server',
      },
      {
        code: 'bad-time',
        count: 1,
        path,
        line: 5,
        reason: '"Job End" is "never", not a time such as 2026-01-31 23:59:59',
      },
    ]);
    expect(ledger.ask((db) => rejectsByCode(db, 1))).toEqual([]);
  });
});
