import { readFileSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs, ledgerRejects } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn, queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const CLEAN = jobsExport(Array.from({ length: 12 }, (_, i) => ({ 'Job ID': `${i + 1}.sched1` })));

/** Line 5 is blank, lines 4, 8 and 12 are no jobs; the last of them is longer than two bytes a letter. */
function brokenExport(): string {
  const lines = CLEAN.trimEnd().split('\n');
  lines.splice(3, 0, '77.sched1,ada,not,enough', '');
  lines.splice(7, 0, lines[7].replace('2026-01-15 11:30:00', '2026-02-30 11:30:00'));
  lines.splice(11, 0, lines[11].replace(/^[^,]*/, 'Jörg'));
  return `${lines.join('\n')}\n`;
}

describe('a line that is no job', () => {
  it.each(['a new ledger', 'an old ledger'])(
    'is kept by %s with its place and its reason',
    async (kind) => {
      using folder = new TempFolder();
      const file = folder.write('jobs.csv', brokenExport());
      const ledger = folder.file('ledger.db');
      if (kind === 'an old ledger') await makeEmptyLedger(ledger);
      const { totals } = await ingestFiles(ledger, [file], { chunkBytes: 300 });
      expect(totals).toMatchObject({ lines: 16, jobs: 12, rejects: 3, skippedLines: 1 });
      expect(ledgerRejects(ledger)).toMatchObject([
        {
          file,
          line: 4,
          code: 'field-count',
          reason: 'expected 30 fields as in the header, found 4',
          raw_text: '77.sched1,ada,not,enough',
        },
        {
          file,
          line: 8,
          code: 'bad-time',
          reason: '"Job End" is "2026-02-30 11:30:00", not a time such as 2026-01-31 23:59:59',
        },
        {
          file,
          line: 12,
          code: 'bad-job-id',
          reason: '"Job ID" is "Jörg", not a job id such as 4519896.server or 6049117[28].server',
        },
      ]);
      expectPlacesToBeTrue(ledger);
      expect(ledgerFaults(ledger)).toEqual([]);
    },
  );

  it('is kept once however often its file is read', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', brokenExport());
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const before = ledgerRejects(ledger);
    await ingestFiles(ledger, [file], { force: true });
    expect(ledgerRejects(ledger)).toEqual(before);
    expect(fileCounts(ledger)).toEqual([{ rejects: 6, lines: 32, jobs: 12, skipped_lines: 2 }]);
  });

  it.each(['a new ledger', 'an old ledger'])(
    'is kept once in %s where one command names its file twice',
    async (kind) => {
      using folder = new TempFolder();
      const file = folder.write('jobs.csv', brokenExport());
      const ledger = folder.file('ledger.db');
      if (kind === 'an old ledger') await ingestFiles(ledger, [file]);
      await ingestFiles(ledger, [file, file]);
      expect(ledgerRejects(ledger)).toHaveLength(3);
      expect(fileCounts(ledger)).toEqual([{ rejects: 3, lines: 16, jobs: 12, skipped_lines: 1 }]);
    },
  );

  it('is kept once where its file was exported again and is the same', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', brokenExport());
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    const before = ledgerRejects(ledger);
    utimesSync(file, new Date(), new Date('2030-01-01T00:00:00Z'));
    await ingestFiles(ledger, [file]);
    expect(ledgerRejects(ledger)).toEqual(before);
  });

  it('is kept for each file that has it', async () => {
    using folder = new TempFolder();
    const files = ['a.csv', 'b.csv'].map((name) => folder.write(name, brokenExport()));
    const ledger = folder.file('ledger.db');
    const { totals } = await ingestFiles(ledger, files);
    expect(totals).toMatchObject({ jobs: 12, duplicates: 12, rejects: 6 });
    expect(ledgerRejects(ledger).map(({ file, line }) => [file, line])).toEqual(
      files.flatMap((file) => [4, 8, 12].map((line) => [file, line])),
    );
  });

  it('is a reject no more once a run has read it as a job', async () => {
    using folder = new TempFolder();
    const skippedInDenver = {
      'Job Start': '2026-03-08 02:30:00',
      'Job End': '2026-03-08 04:00:00',
    };
    const file = folder.write('jobs.csv', jobsExport([skippedInDenver]));
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [file]);
    expect(ledgerRejects(ledger)).toMatchObject([{ code: 'skipped-hour' }]);
    await ingestFiles(ledger, [file], { sourceZone: 'UTC', force: true });
    expect(ledgerJobs(ledger)).toHaveLength(1);
    expect(ledgerRejects(ledger)).toEqual([]);
  });

  it('gives no name to the ledger', async () => {
    using folder = new TempFolder();
    const text = jobsExport([
      {},
      { 'Job ID': 'none', User: 'ghost', Account: 'X', Queue: 'limbo' },
    ]);
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('jobs.csv', text)]);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(queryColumn(ledger, 'SELECT username FROM users')).toEqual(['ada']);
  });

  it('that is longer than any record is cut, and the lines after it keep their numbers', async () => {
    using folder = new TempFolder();
    const lines = CLEAN.split('\n');
    lines.splice(3, 0, 'x'.repeat(1_100_000));
    const file = folder.write('jobs.csv', lines.join('\n'));
    for (const chunkBytes of [100_000, 4 << 20]) {
      const ledger = folder.file(`${chunkBytes}.db`);
      const { totals } = await ingestFiles(ledger, [file], { chunkBytes });
      expect(totals).toMatchObject({ lines: 13, jobs: 12, rejects: 1 });
      expect(ledgerRejects(ledger)).toMatchObject([
        { line: 4, code: 'line-too-long', raw_text: 'x'.repeat(4096) },
      ]);
      expect(lineNumbers(ledger)).toEqual([2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
      expectPlacesToBeTrue(ledger);
    }
  });

  it.each(['a new ledger', 'an old ledger'])(
    'for a number that no column can hold does not stop the others in %s',
    async (kind) => {
      using folder = new TempFolder();
      const ledger = folder.file('ledger.db');
      if (kind === 'an old ledger') await makeEmptyLedger(ledger);
      const numbers = [
        { Elapsed: '99999999999999999999' },
        { Walltime: '1e300' },
        { 'CPU Time': '99999999999999999999:00:00' },
        { 'Used Mem': '99999999999999' },
        { 'Req Mem': '9999999999999999999tb' },
        { 'Virt Mem': '1e30' },
        { NCPUs: '99999999999999999999' },
        { 'Avg CPU': '1e999' },
      ];
      const text = jobsExport([
        { 'Job ID': '1.sched1' },
        ...numbers.map((fields, i) => ({ 'Job ID': `${i + 10}.sched1`, ...fields })),
        { 'Job ID': '2.sched1' },
      ]);
      await ingestFiles(ledger, [folder.write('jobs.csv', text)]);
      expect(ledgerJobs(ledger).map(({ job_id }) => job_id)).toEqual(['1.sched1', '2.sched1']);
      expect(ledgerRejects(ledger).map(({ line, code }) => [line, code])).toEqual(
        numbers.map((_number, i) => [i + 3, 'bad-number']),
      );
    },
  );
});

/** Follows each stored place back into its file. */
function expectPlacesToBeTrue(ledger: string): void {
  for (const { file, line, byte_offset, raw_text } of ledgerRejects(ledger)) {
    const bytes = readFileSync(String(file));
    const before = bytes.subarray(0, Number(byte_offset)).toString('utf8');
    expect(before.split('\n')).toHaveLength(Number(line));
    const text = bytes.subarray(Number(byte_offset)).toString('utf8').split('\n')[0];
    expect(text.slice(0, 4096)).toBe(raw_text);
  }
}

function fileCounts(ledger: string): Row[] {
  return queryLedger(ledger, 'SELECT rejects, lines, jobs, skipped_lines FROM v_source_files');
}

function lineNumbers(ledger: string): unknown[] {
  return queryColumn(ledger, 'SELECT line FROM jobs ORDER BY line');
}
