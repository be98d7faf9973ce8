import { existsSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ChunkError } from '../../pipelines/chunk-error.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn, queryLedger, type Row } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** One line a chunk, since a line of the export is longer than half of it. */
const CHUNK_BYTES = 300;
/** Job 1005 is the one that the failing workers break at; each job ends on a day of its own. */
const JOBS = Array.from({ length: 12 }, (_, i) => ({
  'Job ID': `${1000 + i}.sched1`,
  'Job Name': i === 5 ? 'break-the-reader' : 'sound',
  User: `user${i}`,
  'Job End': `2026-02-${10 + i} 11:30:00`,
}));
const EXPORT = jobsExport(JOBS);

describe.each(['failing-worker', 'late-failing-worker'])(
  'a chunk that a worker cannot read (%s)',
  (worker) => {
    const readers = {
      threads: 1,
      workerFile: new URL(`../fixtures/${worker}.ts`, import.meta.url),
    };

    it('fails the run with its place, and leaves the ledger as of the chunk before it', async () => {
      using folder = new TempFolder();
      const { ledger, file, failure } = await brokenRun(folder);
      expect(failure).toBeInstanceOf(ChunkError);
      const [, path, from, to] =
        /^(.*): loading bytes (\d+) to (\d+) failed: the reader broke/.exec(failure.message) ?? [];
      expect(path).toBe(file);
      const broken = EXPORT.slice(Number(from), Number(to));
      expect(broken).toContain('break-the-reader');
      expect([broken.slice(0, 3), broken.at(-1)]).toEqual(['100', '\n']);
      expect(queryLedger(ledger, 'SELECT status, error FROM runs ORDER BY id')).toEqual([
        { status: 'complete', error: null },
        { status: 'failed', error: failure.message },
      ]);
      const linesBefore = EXPORT.slice(0, Number(from)).trimEnd().split('\n').slice(1);
      expect(ledgerJobs(ledger).map(({ job_id, line }) => [job_id, line])).toEqual([
        ...linesBefore.map((line, i) => [line.split(',')[0], i + 2]),
        ['7001.sched1', 2],
      ]);
      expect(offsetAndJobs(ledger, file)).toEqual([
        { committed_offset: Number(from), jobs: linesBefore.length },
      ]);
    });

    it('is made good by the next run', async () => {
      using folder = new TempFolder();
      const { ledger, first, file } = await brokenRun(folder);
      await ingestFiles(ledger, [file], { chunkBytes: CHUNK_BYTES });
      const undisturbed = folder.file('undisturbed.db');
      for (const each of [first, file]) await ingestFiles(undisturbed, [each]);
      expect(ledgerContent(ledger)).toEqual(ledgerContent(undisturbed));
      expect(ledgerFaults(ledger)).toEqual([]);
      expect(offsetAndJobs(ledger, file)).toEqual([
        { committed_offset: statSync(file).size, jobs: JOBS.length },
      ]);
    });

    async function brokenRun(
      folder: TempFolder,
    ): Promise<{ ledger: string; first: string; file: string; failure: Error }> {
      const ledger = folder.file('ledger.db');
      const first = folder.write('first.csv', jobsExport([{}]));
      await ingestFiles(ledger, [first]);
      const file = folder.write('jobs.csv', EXPORT);
      const failure = await failureOf(
        ingestFiles(ledger, [file], { chunkBytes: CHUNK_BYTES, readers }),
      );
      return { ledger, first, file, failure };
    }
  },
);

describe('a run that failed', () => {
  const readers = {
    threads: 1,
    workerFile: new URL('../fixtures/failing-worker.ts', import.meta.url),
  };

  it('leaves days to be summarised, and any next run does it', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const first = folder.write('first.csv', jobsExport([{}]));
    await ingestFiles(ledger, [first]);
    const file = folder.write('jobs.csv', EXPORT);
    await failureOf(ingestFiles(ledger, [file], { chunkBytes: CHUNK_BYTES, readers }));
    const stale = queryColumn(ledger, 'SELECT date FROM stale_days ORDER BY date');
    expect(stale).toContain('2026-02-10');
    const { totals, days } = await ingestFiles(ledger, [first]);
    expect(totals.jobs).toBe(0);
    expect(days).toEqual(stale);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('as the first of a ledger is made good by the next run', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', EXPORT);
    await failureOf(ingestFiles(ledger, [file], { chunkBytes: CHUNK_BYTES, readers }));
    const filesAfterFailure = folder.names().filter((name) => !name.startsWith('ledger.db'));
    expect(filesAfterFailure).toEqual(['jobs.csv']);
    await ingestFiles(ledger, [file]);
    expect(existsSync(ledger)).toBe(true);
    expect(ledgerJobs(ledger)).toHaveLength(JOBS.length);
    expect(ledgerFaults(ledger)).toEqual([]);
    expect(folder.names()).toEqual(['jobs.csv', 'ledger.db']);
  });
});

function offsetAndJobs(ledger: string, file: string): Row[] {
  return queryLedger(
    ledger,
    'SELECT committed_offset, jobs FROM v_source_files WHERE path = ?',
    file,
  );
}
