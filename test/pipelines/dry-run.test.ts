import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IngestRequest, tryIngest } from '../../pipelines/ingest.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { presetMachine } from '../support/preset-machine.ts';
import { runQledger } from '../support/run-qledger.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { exportOf, overlappingExports } from './random-overlaps.ts';

describe('a dry run', () => {
  it.each([
    ['without a ledger', []],
    ['of a ledger that knows some of it', EXAMPLE_JOBS.slice(1, 3)],
  ])('%s changes nothing on the disk', async (_which, known) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    if (known.length > 0) await ingestFiles(ledger, [folder.write('old.csv', jobsExport(known))]);
    const file = folder.write('jobs.csv', `${jobsExport(EXAMPLE_JOBS)}no job\n`);
    const before = contentOf(folder);
    const names: string[] = [];
    const { totals } = await dryRun(ledger, [file], { chunkBytes: 300 }, () => {
      names.push(...folder.names());
    });
    expect(totals).toMatchObject({ jobs: 5 - known.length, duplicates: known.length, rejects: 1 });
    expect(new Set(names)).toEqual(new Set(before.keys()));
    expect(contentOf(folder)).toEqual(before);
  });

  it('makes no folder for a ledger that is to come', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const { totals } = await dryRun(folder.file('data/ledger.db'), [file]);
    expect(totals.jobs).toBe(5);
    expect(folder.names()).toEqual(['jobs.csv']);
  });

  it('has no answer where the ledger is replaced meanwhile', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    copyFileSync(ledger, folder.file('other.db'));
    let isReplaced = false;
    const answer = dryRun(ledger, [file], { force: true }, () => {
      if (!isReplaced) renameSync(folder.file('other.db'), ledger);
      isReplaced = true;
    });
    const failure = await failureOf(answer);
    expect(failure).toMatchObject({ code: 'busy' });
    expect(failure.message).toMatch(/ledger\.db: it was replaced while it was read/);
  });

  it('gives examples of each kind, and no more than three', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('old.csv', jobsExport(EXAMPLE_JOBS.slice(0, 2)))]);
    const changed = { ...EXAMPLE_JOBS[0], 'Job Name': 'renamed' };
    const more = Array.from({ length: 5 }, (_, i) => ({ 'Job ID': `${i + 1}.s` }));
    const text = `${jobsExport([changed, ...EXAMPLE_JOBS.slice(1), ...more])}no job\n`;
    const file = folder.write('jobs.csv', text);
    const { examples } = await dryRun(ledger, [file], { upsert: true });
    expect(examples.map(({ kind, line }) => [kind, line])).toEqual([
      ['update', 2],
      ['duplicate', 3],
      ['insert', 4],
      ['insert', 5],
      ['insert', 6],
      ['reject', 12],
    ]);
    expect(examples[0]).toEqual({
      kind: 'update',
      path: file,
      line: 2,
      what: '101.desched1 of ada in cpu, ended 2026-01-15T18:30:00Z',
    });
    expect(examples[5].what).toBe('field-count: expected 30 fields as in the header, found 1');
  });

  it('passes over what has not changed, and reads on in what has grown', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const files = ['a.csv', 'b.csv'].map((name) => folder.write(name, jobsExport([{}])));
    await ingestFiles(ledger, files);
    folder.write('b.csv', jobsExport([{}, ...EXAMPLE_JOBS]));
    const result = await dryRun(ledger, files);
    expect(result.unchanged).toEqual([files[0]]);
    expect(result.files).toMatchObject([{ action: 'resumed', counts: { lines: 5, jobs: 5 } }]);
  });

  it('knows a last line that was cut when it was read', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport([{}]).trimEnd().slice(0, -'ium'.length));
    await ingestFiles(ledger, [file]);
    folder.write('jobs.csv', jobsExport([{}]));
    const { totals } = await dryRun(ledger, [file]);
    expect(totals).toMatchObject({ jobs: 0, updated: 1, duplicates: 0 });
    expect((await ingestFiles(ledger, [file])).totals).toEqual(totals);
  });

  it('counts a job once that a new file and one that has grown both bring', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const grown = folder.write('b.csv', jobsExport([{}]));
    await ingestFiles(ledger, [grown]);
    folder.write('b.csv', jobsExport([{}, ...EXAMPLE_JOBS]));
    const files = [folder.write('a.csv', jobsExport(EXAMPLE_JOBS)), grown];
    const { totals } = await dryRun(ledger, files);
    expect(totals).toMatchObject({ jobs: 5, duplicates: 5 });
    expect((await ingestFiles(ledger, files)).totals).toEqual(totals);
  });

  it('is refused where the ingest would be', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    await ingestFiles(ledger, [file]);
    const more = folder.write('more.csv', jobsExport([{}]));
    const request = { machine: presetMachine('casper') };
    const [dry, wet] = [
      await failureOf(dryRun(ledger, [more], request)),
      await failureOf(ingestFiles(ledger, [more], request)),
    ];
    expect(dry).toMatchObject({ code: 'other-machine', message: wet.message });
  });

  it.each([false, true])(
    'counts as the ingest does that comes after it (upsert: %s)',
    async (upsert) => {
      await fc.assert(
        fc.asyncProperty(overlappingExports(), async (exports) => {
          using folder = new TempFolder();
          const ledger = folder.file('ledger.db');
          let waiting: string[] = [];
          for (const [i, each] of exports.entries()) {
            waiting.push(folder.write(`${i}.csv`, exportOf(each)));
            if (each.sameRun && i + 1 < exports.length) continue;
            const request = { upsert, chunkBytes: 700 };
            const dry = await dryRun(ledger, waiting, request);
            const { totals, files } = await ingestFiles(ledger, waiting, request);
            expect(dry.totals).toEqual(totals);
            expect(dry.files).toEqual(files);
            waiting = [];
          }
        }),
        { numRuns: 4 },
      );
    },
  );
});

describe('qledger ingest --dry-run', () => {
  it('says what would be done, and what an ingest then does', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', `${jobsExport(EXAMPLE_JOBS)}no job\n`);
    const args = ['ingest', 'jobs.csv', '--machine', 'derecho'];
    const { status, stdout, stderr } = runQledger(folder.path, ...args, '--dry-run');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Dry run: nothing was written to data/derecho.db.\n');
    expect(stdout).toContain(
      '\nWould be inserted: 5\n' +
        '  jobs.csv:2: 101.desched1 of ada in cpu, ended 2026-01-15T18:30:00Z\n',
    );
    expect(stdout).toContain('\nWould be rejected: 1\n  jobs.csv:7: field-count: expected 30');
    expect(folder.names()).toEqual(['jobs.csv']);
    expect(runQledger(folder.path, ...args).stdout).toContain('5 new jobs, 0 known before, 1 rej');
    const again = runQledger(folder.path, ...args, '--dry-run', '--force');
    expect(again.status).toBe(10);
    expect(again.stdout).toContain('\nKnown, would stay as they are: 5\n');
  });

  it('with --json and --report tells the same to machines', () => {
    using folder = new TempFolder();
    folder.write('jobs.csv', jobsExport(EXAMPLE_JOBS));
    const args = ['--machine', 'derecho', '--dry-run', '--json', '--report', 'report.json'];
    const { status, stdout } = runQledger(folder.path, 'ingest', 'jobs.csv', ...args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'ingest-dry-run',
      status: 'complete',
      counts: { jobs: 5, updated: 0, duplicates: 0, rejects: 0 },
      exitCode: 0,
    });
    expect(readFileSync(folder.file('report.json'), 'utf8')).toBe(stdout);
    expect(folder.names()).toEqual(['jobs.csv', 'report.json']);
  });
});

function dryRun(
  ledgerPath: string,
  files: readonly string[],
  request: Partial<IngestRequest> = {},
  onProgress?: () => void,
): ReturnType<typeof tryIngest> {
  return tryIngest(
    {
      files,
      ledgerPath,
      machine: presetMachine('derecho'),
      version: '0.0.0-test',
      readers: { threads: 1 },
      ...request,
    },
    onProgress,
  );
}

function contentOf(folder: TempFolder): Map<string, string> {
  return new Map(
    folder.names().map((name) => [name, readFileSync(folder.file(name)).toString('base64')]),
  );
}
