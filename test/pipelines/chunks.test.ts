import { copyFileSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngestRequest } from '../../pipelines/ingest.ts';
import { ingestFiles } from '../support/ingest-files.ts';
import { type JobFields, jobsExport } from '../support/jobs-export.ts';
import { type LedgerContent, ledgerContent, ledgerJobs } from '../support/ledger-content.ts';
import { ledgerFaults } from '../support/ledger-faults.ts';
import { TempFolder } from '../support/temp-folder.ts';

/** Jobs of several days and names, some twice, with new names in the middle; each line is some 230 bytes. */
const JOBS: readonly JobFields[] = Array.from({ length: 40 }, (_, i) => ({
  'Job ID': `${1000 + (i % 33)}.sched1`,
  'Job Name': `job-${'x'.repeat(i % 7)}-é`,
  User: i < 17 ? `user${i % 3}` : `late${i % 5}`,
  Account: i % 4 === 0 ? '' : `ACCT000${i % 4}`,
  Queue: i < 25 ? 'cpu' : 'gpudev',
  Priority: i % 5 === 0 ? 'economy' : 'regular',
  'Job Start': `2026-01-${15 + (i % 4)} 10:00:00`,
  'Job End': `2026-01-${15 + (i % 4)} 11:30:00`,
}));
/** The submission of the sample job: 2026-01-15 08:00:00 in Denver. */
const SUBMIT = Date.parse('2026-01-15T15:00:00Z') / 1000;
const BROKEN_LINES = ['this is no job', '', '2000.sched1,too,few,fields'];

describe.each(['a new ledger', 'a ledger that holds jobs'])('%s', (kind) => {
  it('holds the same whatever the size of the chunks', async () => {
    using load = await startOf(kind);
    const expected = await load.into('whole', {});
    expect(expected.jobs).toHaveLength(34);
    expect(expected.rejects).toHaveLength(2);
    // An odd step, so that the cuts fall on every part of a line.
    for (let chunkBytes = 200; chunkBytes <= 1500; chunkBytes += 173) {
      const content = await load.into(`chunks-${chunkBytes}`, { chunkBytes });
      expect(content, `chunks of ${chunkBytes} bytes`).toEqual(expected);
    }
  });

  it('holds the same whatever the number of threads', async () => {
    using load = await startOf(kind);
    const one = await load.into('one', { readers: { threads: 1 }, chunkBytes: 400 });
    const three = await load.into('three', { readers: { threads: 3 }, chunkBytes: 400 });
    expect(three).toEqual(one);
  });

  it('knows the line of each job, with the names that stand there', async () => {
    using load = await startOf(kind);
    const { jobs } = await load.into('lines', { chunkBytes: 500 });
    for (const job of jobs) {
      const line = readFileSync(String(job.file), 'utf8').split('\n')[Number(job.line) - 1];
      const fields = line.split(',');
      expect([fields[0], fields[2] || 'none', fields[14], fields[20], fields[26]]).toEqual([
        job.job_id,
        job.account,
        job.name,
        job.queue,
        job.user,
      ]);
    }
  });
});

describe('a history in any pieces', () => {
  it('is each job once, as first seen, with its charge, its names and its days', async () => {
    const job = fc
      .record({
        number: fc.integer({ min: 1, max: 12 }),
        Priority: fc.constantFrom('', 'premium', 'economy'),
        'Job End': localTimes(),
      })
      .map(({ number, ...fields }) => ({
        'Job ID': `${number}.sched1`,
        User: `user${number % 3}`,
        Account: ['', 'NUMB0001', 'NUMB0002'][number % 3],
        Queue: ['cpu', 'gpu', 'cpudev', 'jhublogin'][number % 4],
        ...fields,
      }));
    const piece = fc.record({
      jobs: fc.array(job, { maxLength: 8 }),
      chunkBytes: fc.integer({ min: 100, max: 2000 }),
      sameRun: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 4 }), async (pieces) => {
        using folder = new TempFolder();
        const ledger = folder.file('ledger.db');
        let waiting: string[] = [];
        for (const [i, { jobs, chunkBytes, sameRun }] of pieces.entries()) {
          waiting.push(folder.write(`${i}.csv`, jobsExport(jobs)));
          if (sameRun && i + 1 < pieces.length) continue;
          await ingestFiles(ledger, waiting, { chunkBytes });
          waiting = [];
        }
        const first = new Map<string, (typeof pieces)[0]['jobs'][0]>();
        for (const each of pieces.flatMap(({ jobs }) => jobs)) {
          if (!first.has(each['Job ID'])) first.set(each['Job ID'], each);
        }
        const kept = ledgerJobs(ledger).map((each) => [each.job_id, each.priority, each.submit]);
        const expected = [...first.values()].map((each) => [
          each['Job ID'],
          each.Priority || null,
          SUBMIT,
        ]);
        expect(kept).toEqual(expected.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)));
        expect(ledgerFaults(ledger)).toEqual([]);
      }),
      { numRuns: 8 },
    );
  });
});

/** Times around the change of the clock in spring, but for the hour that it skips. */
function localTimes(): fc.Arbitrary<string> {
  return fc
    .date({
      min: new Date('2026-03-06T12:00:00Z'),
      max: new Date('2026-03-10T12:00:00Z'),
      noInvalidDate: true,
    })
    .map((time) => time.toISOString().slice(0, 19).replace('T', ' '))
    .filter((time) => !time.startsWith('2026-03-08 02:'));
}

/** The same history each time: in one run into a new ledger, or its first part in a run before. */
async function startOf(kind: string): Promise<Load> {
  const folder = new TempFolder();
  const [header, ...lines] = jobsExport(JOBS).trimEnd().split('\n');
  lines.splice(9, 0, BROKEN_LINES[0]);
  lines.splice(20, 0, ...BROKEN_LINES.slice(1));
  const first = folder.write('first.csv', jobsExport([{}]));
  const rest = folder.write('rest.csv', `${[header, ...lines].join('\n')}\n`);
  if (kind === 'a new ledger') return new Load(folder, undefined, [first, rest]);
  const seed = folder.file('seed.db');
  await ingestFiles(seed, [first]);
  return new Load(folder, seed, [rest]);
}

class Load implements Disposable {
  readonly #folder: TempFolder;
  readonly #seed: string | undefined;
  readonly #files: readonly string[];

  constructor(folder: TempFolder, seed: string | undefined, files: readonly string[]) {
    this.#folder = folder;
    this.#seed = seed;
    this.#files = files;
  }

  async into(name: string, request: Partial<IngestRequest>): Promise<LedgerContent> {
    const ledger = this.#folder.file(`${name}.db`);
    if (this.#seed !== undefined) copyFileSync(this.#seed, ledger);
    await ingestFiles(ledger, this.#files, request);
    expect(ledgerFaults(ledger)).toEqual([]);
    return ledgerContent(ledger);
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]();
  }
}
