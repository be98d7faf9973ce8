import { appendFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { endRecord } from '../sources/pbs-log/log-line.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs, ledgerRejects } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const HEADER = jobsExport([]);
const LINES = jobsExport(EXAMPLE_JOBS).split('\n').slice(1, -1);
const [FIRST, SECOND, THIRD] = LINES;
const BAD = 'this,is,no,job';

describe('a file that was read', () => {
  it('is passed over while its size and time are the same, and said so', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n`);
    const { files, unchanged, totals } = await folder.ingest();
    expect({ files, unchanged }).toEqual({ files: [], unchanged: [folder.export] });
    expect(totals.lines).toBe(0);
    expect(folder.journal()).toHaveLength(1);
    expect(folder.runFiles()).toHaveLength(1);
  });

  it('and was touched is read on from its end, which brings nothing', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n${BAD}\n`);
    const before = ledgerContent(folder.ledger);
    utimesSync(folder.export, new Date(), new Date('2030-01-01T00:00:00Z'));
    const { files } = await folder.ingest();
    expect(files).toMatchObject([{ action: 'resumed', counts: { lines: 0, jobs: 0, rejects: 0 } }]);
    expect(ledgerContent(folder.ledger)).toEqual(before);
    expect(folder.journal()).toMatchObject([
      { modified_ms: Date.parse('2030-01-01T00:00:00Z'), complete: 1, lines: 2, jobs: 1 },
    ]);
    expect((await folder.ingest()).unchanged).toEqual([folder.export]);
  });

  it('and has grown is read from where it ended, with the numbers of its lines', async () => {
    using folder = new Grown();
    const begin = `${HEADER}${FIRST}\n${BAD}\n`;
    await folder.becomes(begin);
    const { files } = await folder.grows(`${SECOND}\n${BAD}\n${THIRD}\n`);
    expect(files).toMatchObject([{ action: 'resumed', counts: { lines: 3, jobs: 2, rejects: 1 } }]);
    expect(ledgerJobs(folder.ledger).map(({ line }) => line)).toEqual([2, 4, 6]);
    expect(ledgerRejects(folder.ledger).map(({ line }) => line)).toEqual([3, 5]);
    const [from, to] = [begin.length, statSync(folder.export).size];
    expect(folder.runFiles()).toMatchObject([
      { run_id: 1, from_offset: HEADER.length, to_offset: from, lines: 2, jobs: 1, rejects: 1 },
      { run_id: 2, from_offset: from, to_offset: to, lines: 3, jobs: 2, rejects: 1 },
    ]);
    expect(folder.journal()).toMatchObject([
      { size_bytes: to, committed_offset: to, next_line: 7, lines: 5, jobs: 3, last_run_id: 2 },
    ]);
    expect(ledgerFaults(folder.ledger)).toEqual([]);
  });

  it('in any steps, cut anywhere, is in the end what it is in one go', async () => {
    using folder = new Grown();
    const whole = `${HEADER}${FIRST}\n${BAD}\n${SECOND}\n${THIRD}\n`;
    for (const step of [97, 211]) {
      using steps = new Grown();
      let end = HEADER.length + 1;
      await steps.becomes(whole.slice(0, end));
      while (end < whole.length) {
        end = Math.min(end + step, whole.length);
        await steps.becomes(whole.slice(0, end));
      }
      await folder.becomes(whole);
      const [grown, once] = [steps.ledger, folder.ledger].map((ledger) => ({
        jobs: ledgerJobs(ledger).map(({ file, ...job }) => job),
        rejects: ledgerRejects(ledger).map(({ file, ...reject }) => reject),
      }));
      expect(grown).toEqual(once);
      expect(ledgerFaults(steps.ledger)).toEqual([]);
    }
  });

  it('is read from the first row where its content is another, and the old provenance stays', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n${BAD}\n`);
    const { files } = await folder.becomes(`${HEADER}${SECOND}\n${FIRST}\n${BAD}\n`);
    expect(files).toMatchObject([
      { action: 'replaced', counts: { lines: 3, jobs: 1, duplicates: 1, rejects: 1 } },
    ]);
    expect(folder.journal()).toMatchObject([
      { id: 1, path: folder.export, jobs: 1, last_run_id: 1 },
      { id: 2, path: folder.export, jobs: 1, last_run_id: 2 },
    ]);
    expect(folder.provenance()).toEqual([
      { job_id: '101.desched1', run_id: 1, file_id: 1, line: 2 },
      { job_id: '102.desched1', run_id: 2, file_id: 2, line: 2 },
    ]);
    const { files: grown } = await folder.grows(`${THIRD}\n`);
    expect(grown).toMatchObject([{ action: 'resumed', counts: { lines: 1, jobs: 1 } }]);
    expect(folder.journal()).toHaveLength(2);
    expect(ledgerFaults(folder.ledger)).toEqual([]);
  });

  it.each([
    ['has shrunk', `${HEADER}${FIRST}\n`],
    ['has nothing but its header', HEADER],
    ['has other columns', `${HEADER.replace('Priority', 'Mood')}${FIRST}\n${SECOND}\n`],
  ])('and %s is another content', async (_what, text) => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n${SECOND}\n`);
    const { files } = await folder.becomes(text);
    expect(files).toMatchObject([{ action: 'replaced', counts: { jobs: 0, rejects: 0 } }]);
    expect(folder.journal()).toHaveLength(2);
    expect(ledgerJobs(folder.ledger)).toHaveLength(2);
    expect(ledgerFaults(folder.ledger)).toEqual([]);
  });

  it('and is forced is read again in the same place of the journal, its rejects kept once', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n${BAD}\n`);
    const [before, placesBefore] = [ledgerContent(folder.ledger), folder.provenance()];
    const { files } = await folder.ingest({ force: true });
    expect(files).toMatchObject([
      { action: 'again', counts: { lines: 2, jobs: 0, duplicates: 1, rejects: 1 } },
    ]);
    expect(ledgerContent(folder.ledger)).toEqual(before);
    expect(folder.provenance()).toEqual(placesBefore);
    expect(folder.journal()).toMatchObject([{ complete: 1, lines: 4, jobs: 1, duplicates: 1 }]);
    expect((await folder.ingest()).unchanged).toEqual([folder.export]);
  });

  it('and is forced after it has grown is read whole', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n`);
    appendFileSync(folder.export, `${SECOND}\n`);
    const { files } = await folder.ingest({ force: true });
    expect(files).toMatchObject([{ action: 'again', counts: { jobs: 1, duplicates: 1 } }]);
    expect(folder.journal()).toMatchObject([{ committed_offset: statSync(folder.export).size }]);
  });

  it('by another name is another file', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n`);
    const copy = folder.temp.write('copy.csv', `${HEADER}${FIRST}\n`);
    const { files } = await ingestFiles(folder.ledger, [copy]);
    expect(files).toMatchObject([{ action: 'new', counts: { jobs: 0, duplicates: 1 } }]);
  });
});

describe('a last line without its end', () => {
  it('that is a job is read, and known when the file has grown', async () => {
    using folder = new Grown();
    await folder.becomes(`${HEADER}${FIRST}\n${SECOND}`);
    expect(ledgerJobs(folder.ledger)).toHaveLength(2);
    const { files } = await folder.grows(`\n${THIRD}\n`);
    expect(files).toMatchObject([
      { action: 'resumed', counts: { lines: 2, jobs: 1, duplicates: 1, updated: 0 } },
    ]);
    expect(ledgerJobs(folder.ledger).map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(ledgerFaults(folder.ledger)).toEqual([]);
  });

  it('that is no job yet is a reject until the rest of it is there', async () => {
    using folder = new Grown();
    const cut = SECOND.length - 100;
    await folder.becomes(`${HEADER}${FIRST}\n${SECOND.slice(0, cut)}`);
    expect(ledgerRejects(folder.ledger)).toMatchObject([{ line: 3, code: 'field-count' }]);
    const { totals } = await folder.grows(`${SECOND.slice(cut)}\n`);
    expect(totals).toMatchObject({ lines: 1, jobs: 1, rejects: 0 });
    expect(ledgerRejects(folder.ledger)).toEqual([]);
    expect(ledgerJobs(folder.ledger)).toMatchObject([{ line: 2 }, { line: 3 }]);
  });

  it('that passed for a job takes the values of the whole line, and its charge', async () => {
    using folder = new Grown();
    const { 'Job ID': id } = EXAMPLE_JOBS[0];
    await folder.becomes(`${HEADER}${FIRST.slice(0, -'mium'.length)}`);
    expect(ledgerJobs(folder.ledger)).toMatchObject([{ priority: 'pre', qos_factor: 1 }]);
    const { files } = await folder.grows(`mium\n${SECOND}\n`);
    expect(files).toMatchObject([{ counts: { lines: 2, jobs: 1, updated: 1, duplicates: 0 } }]);
    expect(ledgerJobs(folder.ledger)[0]).toMatchObject({
      job_id: id,
      priority: 'premium',
      qos_factor: 1.5,
      line: 2,
    });
    expect(ledgerFaults(folder.ledger)).toEqual([]);
    using whole = new Grown();
    await whole.becomes(`${HEADER}${FIRST}\n${SECOND}\n`);
    const withoutFile = (path: string) => ledgerJobs(path).map(({ file, ...job }) => job);
    expect(withoutFile(folder.ledger)).toEqual(withoutFile(whole.ledger));
  });

  it('changes no job that another file has told of', async () => {
    using folder = new Grown();
    const other = folder.temp.write('other.csv', `${HEADER}${FIRST}\n`);
    await ingestFiles(folder.ledger, [other]);
    const before = ledgerJobs(folder.ledger);
    await folder.becomes(`${HEADER}${FIRST.slice(0, -1)}`);
    await folder.grows('x\n');
    expect(ledgerJobs(folder.ledger)).toEqual(before);
  });

  it('of a PBS log is left and told of, and read once it is ended', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const whole = `${endRecord()}\n`;
    const last = endRecord({}, '7002.sched1');
    const log = folder.write('20260115', `${whole}${last.slice(0, 200)}`);
    const first = await ingestFiles(ledger, [log]);
    expect(first.files).toMatchObject([
      { action: 'new', unfinishedBytes: 200, counts: { lines: 1, jobs: 1, rejects: 0 } },
    ]);
    expect(ledgerRejects(ledger)).toEqual([]);
    appendFileSync(log, last.slice(200));
    const second = await ingestFiles(ledger, [log]);
    expect(second.files).toMatchObject([{ unfinishedBytes: last.length, counts: { lines: 0 } }]);
    appendFileSync(log, '\n');
    const third = await ingestFiles(ledger, [log]);
    expect(third.files).toMatchObject([{ unfinishedBytes: 0, counts: { lines: 1, jobs: 1 } }]);
    expect(ledgerJobs(ledger)).toMatchObject([{ line: 1 }, { line: 2 }]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });
});

describe.each([
  ['gz', (text: string) => gzipSync(text)],
  ['zst', (text: string) => zstdCompressSync(text)],
] as const)('a file that is compressed (%s)', (ending, compress) => {
  it('and was compressed again with more in it is read on from where its content ended', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write(`jobs.csv.${ending}`, compress(`${HEADER}${FIRST}\n`));
    await ingestFiles(ledger, [file]);
    writeFileSync(file, compress(`${HEADER}${FIRST}\n${SECOND}\n${THIRD}\n`));
    const { files } = await ingestFiles(ledger, [file]);
    expect(files).toMatchObject([{ action: 'resumed', counts: { lines: 2, jobs: 2 } }]);
    expect(ledgerJobs(ledger).map(({ line }) => line)).toEqual([2, 3, 4]);
    expect((await ingestFiles(ledger, [file])).unchanged).toEqual([file]);
  });

  it('and has a member appended is read on', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write(`jobs.csv.${ending}`, compress(`${HEADER}${FIRST}\n`));
    await ingestFiles(ledger, [file]);
    appendFileSync(file, compress(`${SECOND}\n`));
    const { files } = await ingestFiles(ledger, [file]);
    expect(files).toMatchObject([{ action: 'resumed', counts: { lines: 1, jobs: 1 } }]);
  });
});

describe('the journal', () => {
  it('is the same of a ledger that was built and one that grew', async () => {
    using folder = new TempFolder();
    const files = [
      folder.write('a.csv', `${HEADER}${FIRST}\n${BAD}\n\n`),
      folder.write('b.csv', `${HEADER}${FIRST}\n${SECOND}`),
      folder.write('c.csv', HEADER),
      folder.write('20260115', `${endRecord()}\n${endRecord({}, '7.s').slice(0, 50)}`),
      folder.write('20260116', ''),
      folder.write('d.csv.gz', gzipSync(`${HEADER}${THIRD}\n`)),
    ];
    const empty = folder.write('empty.db', '');
    const built = folder.file('built.db');
    await ingestFiles(built, files, { chunkBytes: 300 });
    await ingestFiles(empty, files, { chunkBytes: 300 });
    expect(journalOf(empty)).toEqual(journalOf(built));
    expect(runFilesOf(empty)).toEqual(runFilesOf(built));
    expect(journalOf(built).map(({ complete }) => complete)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(ledgerContent(empty)).toEqual(ledgerContent(built));
  });
});

const journalOf = (ledger: string): Row[] =>
  queryLedger(ledger, 'SELECT * FROM v_source_files ORDER BY id');
const runFilesOf = (ledger: string): Row[] =>
  queryLedger(ledger, 'SELECT * FROM run_files ORDER BY run_id, file_id');

/** An export that changes from run to run, and the ledger that it is read into. */
class Grown implements Disposable {
  readonly temp = new TempFolder();
  readonly export = this.temp.file('jobs.csv');
  readonly ledger = this.temp.file('ledger.db');

  ingest(request: Parameters<typeof ingestFiles>[2] = {}): ReturnType<typeof ingestFiles> {
    return ingestFiles(this.ledger, [this.export], request);
  }

  becomes(text: string): ReturnType<typeof ingestFiles> {
    writeFileSync(this.export, text);
    return this.ingest();
  }

  grows(text: string): ReturnType<typeof ingestFiles> {
    appendFileSync(this.export, text);
    return this.ingest();
  }

  journal(): Row[] {
    return journalOf(this.ledger);
  }

  runFiles(): Row[] {
    return runFilesOf(this.ledger);
  }

  provenance(): Row[] {
    return queryLedger(this.ledger, 'SELECT job_id, run_id, file_id, line FROM jobs ORDER BY id');
  }

  [Symbol.dispose](): void {
    this.temp[Symbol.dispose]();
  }
}
