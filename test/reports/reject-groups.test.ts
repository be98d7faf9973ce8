import { describe, expect, it } from 'vitest';
import { rejectGroups } from '../../src/reports/reject-groups.ts';
import { rejectSources } from '../../src/reports/reject-lines.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { jobsExport } from '../support/jobs-export.ts';

describe('rejects by code', () => {
  it('are counted, most frequent first, with as many examples as asked for', async () => {
    using ledger = await ledgerWithRejects();
    const groups = ledger.ask((db) => rejectGroups(db, {}, 2));
    expect(groups.map(({ code, count, files }) => ({ code, count, files }))).toEqual([
      { code: 'bad-number', count: 3, files: 2 },
      { code: 'bad-time', count: 1, files: 1 },
    ]);
    expect(groups[0].examples).toEqual([
      {
        id: expect.any(Number),
        path: ledger.path.replace('ledger.db', 'one.csv'),
        line: 2,
        reason: expect.stringContaining('"Elapsed" is "long"'),
      },
      expect.objectContaining({ line: 3, reason: expect.stringContaining('"longer"') }),
    ]);
  });

  it('are those of one run, code or file', async () => {
    using ledger = await ledgerWithRejects();
    const countsOf = (filter: Parameters<typeof rejectGroups>[1]) =>
      ledger.ask((db) => rejectGroups(db, filter, 1)).map(({ code, count }) => [code, count]);
    expect(countsOf({ run: 1 })).toEqual([]);
    expect(countsOf({ run: 2 })).toEqual([['bad-number', 2]]);
    expect(countsOf({ code: 'bad-time' })).toEqual([['bad-time', 1]]);
    expect(countsOf({ run: 2, code: 'bad-time' })).toEqual([]);
    const second = [
      ['bad-number', 1],
      ['bad-time', 1],
    ];
    expect(countsOf({ file: 'two.csv' })).toEqual(second);
    expect(countsOf({ file: '*/two*' })).toEqual(second);
    expect(countsOf({ file: 't?o.csv' })).toEqual(second);
    expect(countsOf({ file: 'wo.csv' })).toEqual([]);
  });
});

describe('the sources of rejects', () => {
  it('are the formats and headers that their lines need to be read again', async () => {
    using ledger = await ledgerWithRejects();
    const [header] = jobsExport([]).split('\n');
    expect(ledger.ask((db) => rejectSources(db, {}))).toEqual([
      {
        format: 'qhist-csv',
        header,
        files: 2,
        path: ledger.path.replace('ledger.db', 'one.csv'),
      },
    ]);
    expect(ledger.ask((db) => rejectSources(db, { run: 1 }))).toEqual([]);
  });
});

async function ledgerWithRejects() {
  const ledger = await exampleLedger();
  await ledger.add('one.csv', jobsExport([{ Elapsed: 'long' }, { Elapsed: 'longer' }]));
  await ledger.add('two.csv', jobsExport([{ Elapsed: 'longest' }, { 'Job End': 'never' }]));
  return ledger;
}
