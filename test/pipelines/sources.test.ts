import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../src/sources/source-error.ts';
import { EXAMPLE_JOBS } from '../support/example-jobs.ts';
import { failureOf } from '../support/failure-of.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { jobsExport } from '../support/jobs-export.ts';
import { ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { queryColumn } from '../support/query-ledger.ts';
import { TempFolder } from '../support/temp-folder.ts';

const PLAIN = jobsExport(EXAMPLE_JOBS);
const WINDOWS = PLAIN.replaceAll('\n', '\r\n');
const HEADER = jobsExport([]);
const JOBS_AND_CHARGES = [
  ['101.desched1', 'cpu', 'engine', 384, 6],
  ['102.desched1', 'gpu', 'engine', 64, 5],
  ['103[7].desched1', 'gpudev', 'engine', 4, 2],
  ['104.desched1', 'cpudev', 'engine', 4, 2],
  ['105.desched1', 'jhublogin', 'engine', 128, 0.5],
];

describe('an export', () => {
  it.each([
    ['with Unix line ends', PLAIN],
    ['with Windows line ends', WINDOWS],
    ['without a last line end', PLAIN.slice(0, -1)],
    ['with Windows line ends but the last', WINDOWS.slice(0, -2)],
    ['that begins with a byte order mark', `\uFEFF${PLAIN}`],
    ['with every field quoted', PLAIN.replaceAll(/[^,\n]+/g, '"$&"')],
    ['with blank lines', PLAIN.replaceAll('\n', '\n\n')],
    ['that repeats its header, as concatenated ones do', PLAIN.replaceAll('\n', `\n${HEADER}`)],
  ])('%s holds the same jobs and is read to its end', async (_form, text) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', text);
    const { totals } = await ingestFiles(ledger, [file], { chunkBytes: 300 });
    expect(totals).toMatchObject({ jobs: 5, rejects: 0, committedBytes: statSync(file).size });
    expect(totals.lines).toBe(totals.jobs + totals.skippedLines);
    expect(jobsAndCharges(ledger)).toEqual(JOBS_AND_CHARGES);
    expect(queryColumn(ledger, 'SELECT complete FROM source_files')).toEqual([1]);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it.each([
    ['a line end', HEADER],
    ['no line end', HEADER.trimEnd()],
  ])('of no jobs, a header and %s, is read and adds nothing', async (_end, text) => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', text);
    const { totals, days } = await ingestFiles(ledger, [file]);
    expect(totals).toMatchObject({ lines: 0, jobs: 0, rejects: 0 });
    expect(days).toEqual([]);
    expect(queryColumn(ledger, 'SELECT status FROM runs')).toEqual(['complete']);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('of no jobs is read to its end', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('jobs.csv', HEADER);
    await ingestFiles(ledger, [file]);
    expect(queryColumn(ledger, 'SELECT complete FROM source_files')).toEqual([1]);
  });

  it('with columns that the ledger does not keep names them', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', PLAIN.replace(',Priority', ',Mood'));
    const { files } = await ingestFiles(folder.file('ledger.db'), [file]);
    expect(files[0].unknownLabels).toEqual(['Mood']);
  });

  it('in the times of another zone falls on the days of the site', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const text = jobsExport([
      { 'Job ID': '1.s', 'Job End': '2026-01-16 06:59:59' },
      { 'Job ID': '2.s', 'Job End': '2026-01-16 07:00:00' },
    ]);
    const { days } = await ingestFiles(ledger, [folder.write('utc.csv', text)], {
      sourceZone: 'UTC',
    });
    expect(days).toEqual(['2026-01-15', '2026-01-16']);
    expect(ledgerJobs(ledger)[1].end).toBe(Date.parse('2026-01-16T07:00:00Z') / 1000);
    expect(ledgerFaults(ledger)).toEqual([]);
  });

  it('in another unit of time is charged alike', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    const file = folder.write('minutes.csv', jobsExport([{ Elapsed: '90.0' }]));
    await ingestFiles(ledger, [file], { readAs: { timeUnit: 'm' } });
    expect(ledgerJobs(ledger)).toMatchObject([{ elapsed: 5400, cpu_hours: 384 }]);
  });
});

describe('what is no export', () => {
  const FOREIGN_FILES: [string, string | null, RegExp][] = [
    ['an empty file', '', /the file is empty/],
    ['a letter', 'Dear reader,\nthis is no export.\n', /not a qhist export/],
    ['another table', 'name,colour\nada,blue\n', /not a qhist export/],
    ['an export without the jobs end', HEADER.replace('Job End', 'Job Fin'), /lacks "Job End"/],
    ['a missing file', null, /no such file/],
  ];

  it.each(FOREIGN_FILES)('such as %s makes no ledger', async (_what, text, reason) => {
    using folder = new TempFolder();
    const bad = folder.file('bad.csv');
    if (text !== null) folder.write('bad.csv', text);
    const ledger = folder.file('data/ledger.db');
    const failure = await failureOf(ingestFiles(ledger, [bad]));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure.message).toMatch(reason);
    expect(failure.message).toMatch(new RegExp(`^${bad}: .*Nothing was read`));
    expect(failure.message).not.toContain('\n');
    expect(existsSync(ledger)).toBe(false);
  });

  it.each(FOREIGN_FILES)(
    'such as %s is told of, and the others are loaded',
    async (_what, text, reason) => {
      using folder = new TempFolder();
      const bad = folder.file('bad.csv');
      if (text !== null) folder.write('bad.csv', text);
      const ledger = folder.file('ledger.db');
      const files = [bad, folder.write('good.csv', PLAIN)];
      const { totals, unreadable } = await ingestFiles(ledger, files);
      expect(totals.jobs).toBe(ledgerJobs(ledger).length);
      expect(totals.jobs).toBeGreaterThan(1);
      expect(unreadable.map(({ path, problem }) => [path, reason.test(problem.message)])).toEqual([
        [bad, true],
      ]);
    },
  );

  it('leaves a ledger untouched, whatever stands beside it', async () => {
    using folder = new TempFolder();
    const ledger = folder.file('ledger.db');
    await ingestFiles(ledger, [folder.write('good.csv', PLAIN)]);
    const before = readFileSync(ledger);
    for (const [what, text] of FOREIGN_FILES) {
      const bad = folder.file(`${what}.csv`);
      if (text !== null) folder.write(`${what}.csv`, text);
      await failureOf(ingestFiles(ledger, [bad]));
      expect(readFileSync(ledger).equals(before), what).toBe(true);
    }
    expect(ledgerJobs(ledger)).toHaveLength(5);
    expect(queryColumn(ledger, 'SELECT count(*) FROM runs')).toEqual([1]);
  });

  it('such as a folder is refused', async () => {
    using folder = new TempFolder();
    await expect(ingestFiles(folder.file('ledger.db'), [folder.path])).rejects.toThrow(
      `${folder.path}: not a file. Name the export files themselves.`,
    );
  });
});

function jobsAndCharges(ledger: string): unknown[][] {
  return ledgerJobs(ledger).map((job) => [
    job.job_id,
    job.queue,
    job.name,
    job.cpu_hours,
    job.memory_hours,
  ]);
}
