import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RejectLimit, RejectLimitError } from '../../pipelines/reject-limit.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles, makeEmptyLedger } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs, ledgerRejects } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryLedger } from '../support/query-ledger.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** 30 jobs; after the 20th stand two lines that are none. */
const JOBS = jobsExport(Array.from({ length: 30 }, (_, i) => ({ 'Job ID': `${100 + i}.s` })));
const BROKEN = withLines(JOBS, 21, ['no job', 'nor this']);
const CHUNK_BYTES = 1500;

describe('a limit of rejects', () => {
  it.each(['0', '7', '100', '0%', '0.5%', '12%', '12.25%'])('may be %s', (limit) => {
    expect(new RejectLimit(limit).isValid).toBe(true);
  });

  it.each(['', '%', ' ', '-1', '-0', '1.5', '1e3', '0x10', '5%%', '5 %', 'many', 'Infinity%'])(
    'may not be %j',
    (limit) => {
      expect(new RejectLimit(limit).isValid).toBe(false);
    },
  );

  it.each([
    ['2', true],
    ['1', false],
    ['0', false],
    ['2%', true],
    ['1.9%', false],
    ['0%', false],
  ])('of %s lets 2 of 32 lines pass: %s', async (limit, passes) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', BROKEN);
    const ledger = folder.file('ledger.db');
    const attempt = ingestFiles(ledger, [file], { rejectLimit: new RejectLimit(limit) });
    if (passes) {
      expect((await attempt).totals).toMatchObject({ jobs: 30, rejects: 2 });
      expect(ledgerRejects(ledger)).toHaveLength(2);
    } else {
      expect(await failureOf(attempt)).toBeInstanceOf(RejectLimitError);
      expect(existsSync(ledger)).toBe(false);
    }
  });

  it('as a share is one of all lines of a file, not of one part of it', async () => {
    using folder = new TempFolder();
    const many = jobsExport(Array.from({ length: 300 }, (_, i) => ({ 'Job ID': `${i + 1}.s` })));
    const file = folder.write('jobs.csv', withLines(many, 250, ['no job', 'nor this']));
    const limits = { chunkBytes: 5000, rejectLimit: new RejectLimit('1%') };
    const { totals } = await ingestFiles(folder.file('ledger.db'), [file], limits);
    expect(totals).toMatchObject({ jobs: 300, rejects: 2 });
  });

  it('is one for each file', async () => {
    using folder = new TempFolder();
    const files = ['a.csv', 'b.csv'].map((name) => folder.write(name, BROKEN));
    const limit = { rejectLimit: new RejectLimit('2') };
    const { totals } = await ingestFiles(folder.file('ledger.db'), files, limit);
    expect(totals.rejects).toBe(4);
  });
});

describe('a file over the limit', () => {
  const limit = { chunkBytes: CHUNK_BYTES, rejectLimit: new RejectLimit('1') };

  it('makes no ledger, and says where, what and why', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', BROKEN);
    const failure = await failureOf(ingestFiles(folder.file('data/ledger.db'), [file], limit));
    expect(failure.message).toMatch(
      new RegExp(
        `^${file}: 2 of \\d+ lines can't be jobs, more than --max-rejects 1 allows; one of them is line 22: ` +
          'expected 30 fields as in the header, found 1\\. What follows was left out\\. ' +
          'Mend the file, or allow more\\. Nothing was put into service; run the same command again\\.$',
      ),
    );
    expect(folder.names()).toEqual(['jobs.csv']);
  });

  it.each([
    ['in its first part', withLines(JOBS, 1, ['no job', 'nor this']), 0],
    ['in a later part', BROKEN, 1],
  ])('%s leaves what is before in a ledger that is there', async (_where, text, fewest) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    const files = [folder.write('good.csv', jobsExport(EXAMPLE_JOBS)), folder.write('b.csv', text)];
    const failure = await failureOf(ingestFiles(ledger, files, limit));
    expect(failure.message).toContain('What was committed before stays');
    const jobs = ledgerJobs(ledger).filter(({ file }) => file === files[1]);
    expect(jobs.length).toBeGreaterThanOrEqual(fewest);
    expect(jobs.length).toBeLessThan(30);
    expect(jobs.every(({ line }) => Number(line) <= 22)).toBe(true);
    expect(ledgerRejects(ledger)).toEqual([]);
    expect(ledgerJobs(ledger).filter(({ file }) => file === files[0])).toHaveLength(5);
    expect(queryLedger(ledger, 'SELECT status, error FROM runs WHERE id > 1')).toEqual([
      { status: 'failed', error: failure.message },
    ]);
  });

  it('stays over it however often the command is run', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    // One reject in each of two parts: the second part alone would be within the limit.
    const text = withLines(withLines(JOBS, 25, ['nor this']), 2, ['no job']);
    const file = folder.write('jobs.csv', text);
    for (let run = 0; run < 3; run++) {
      const failure = await failureOf(ingestFiles(ledger, [file], limit));
      expect(failure.message).toMatch(/: 2 of \d+ lines can't be jobs/);
      expect(failure.message).toContain('one of them is line 27: ');
      expect(ledgerRejects(ledger)).toHaveLength(1);
    }
  });

  it('goes on where it stopped once more is allowed, to the same ledger', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    const file = folder.write('jobs.csv', BROKEN);
    await failureOf(ingestFiles(ledger, [file], limit));
    const before = ledgerJobs(ledger).length;
    const { files } = await ingestFiles(ledger, [file], {
      ...limit,
      rejectLimit: new RejectLimit('2'),
    });
    expect(files).toMatchObject([{ action: 'resumed', counts: { jobs: 30 - before, rejects: 2 } }]);
    const undisturbed = folder.file('undisturbed.db');
    await makeEmptyLedger(undisturbed);
    await ingestFiles(undisturbed, [file]);
    expect(ledgerContent(ledger)).toEqual(ledgerContent(undisturbed));
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('is read from the top once it is mended, and its jobs are all there', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await makeEmptyLedger(ledger);
    const file = folder.write('jobs.csv', withLines(JOBS, 2, ['no job', 'nor this']));
    await failureOf(ingestFiles(ledger, [file], limit));
    writeFileSync(file, JOBS);
    await ingestFiles(ledger, [file], limit);
    expect(ledgerJobs(ledger)).toHaveLength(30);
  });

  it('that was within a wider one is not refused for what it brings that is sound', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', BROKEN);
    await ingestFiles(ledger, [file]);
    appendFileSync(file, jobsExport([{}]).split('\n')[1]);
    const { totals } = await ingestFiles(ledger, [file], limit);
    expect(totals).toMatchObject({ jobs: 1, rejects: 0 });
  });
});

describe('the exit status', () => {
  it.each([
    ['1', 20],
    ['0%', 20],
    ['2', 11],
    ['2%', 11],
    ['-3', 2],
    ['some', 2],
  ])('with --max-rejects %s is %i', (limit, code) => {
    using folder = new TempFolder();
    folder.write('jobs.csv', BROKEN);
    const args = ['ingest', 'jobs.csv', '--machine', 'derecho', `--max-rejects=${limit}`];
    const { status, stderr } = runQledger(folder.path, ...args);
    expect(status).toBe(code);
    expect(stderr.trimEnd().split('\n')).toHaveLength(code === 11 ? 1 : 1);
    const dry = runQledger(folder.path, ...args, '--dry-run', '--db', 'none.db');
    expect(dry.status).toBe(code);
    expect(existsSync(folder.file('none.db'))).toBe(false);
  });

  it('is 0 without rejects', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', JOBS);
    const args = ['ingest', 'jobs.csv', '--machine', 'derecho', '--max-rejects', '0'];
    expect(runQledger(folder.path, ...args)).toMatchObject({ status: 0, stderr: '' });
  });
});

/** @param at the number of the line before which the others are put. */
function withLines(text: string, at: number, lines: readonly string[]): string {
  return text
    .split('\n')
    .toSpliced(at, 0, ...lines)
    .join('\n');
}
