import { describe, expect, it } from 'vitest';
import { eachRejectByFile, rejectById, rejectLines } from '../../src/reports/reject-lines.ts';
import { exportLine } from '../sources/qhist-csv/export-line.ts';
import { exampleLedger } from '../support/example-ledger.ts';
import { jobsExport, LABELS } from '../support/jobs-export.ts';

describe('single rejects', () => {
  it('have their place and their text', async () => {
    using ledger = await exampleLedger();
    const text = jobsExport([{}, { Elapsed: 'größer' }]);
    await ledger.add('broken.csv', text);
    const [reject] = ledger.ask((db) => rejectLines(db, {}, 10));
    const line = exportLine({ Elapsed: 'größer' }, LABELS);
    expect(reject).toEqual({
      id: expect.any(Number),
      runId: 2,
      path: ledger.path.replace('ledger.db', 'broken.csv'),
      format: 'qhist-csv',
      line: 3,
      byteOffset: Buffer.byteLength(text) - Buffer.byteLength(line) - 1,
      code: 'bad-number',
      reason: '"Elapsed" is "größer", not a duration such as 3.25 or 03:15:00',
      rawText: line,
      rawBytes: Buffer.byteLength(line),
    });
    expect(ledger.ask((db) => rejectById(db, reject.id))).toEqual(reject);
    expect(ledger.ask((db) => rejectById(db, reject.id + 1))).toBeUndefined();
  });

  it('come as they were met, up to a limit, or file by file', async () => {
    using ledger = await exampleLedger();
    await ledger.add('one.csv', `${jobsExport([])}a\nb\n`);
    await ledger.add('two.csv', `${jobsExport([])}c\nd\n`);
    const texts = (rejects: Iterable<{ rawText: string }>) =>
      [...rejects].map(({ rawText }) => rawText);
    expect(ledger.ask((db) => texts(rejectLines(db, {}, 3)))).toEqual(['a', 'b', 'c']);
    expect(ledger.ask((db) => texts(eachRejectByFile(db, {})))).toEqual(['a', 'b', 'c', 'd']);
    expect(ledger.ask((db) => texts(eachRejectByFile(db, { run: 3 })))).toEqual(['c', 'd']);
  });
});
