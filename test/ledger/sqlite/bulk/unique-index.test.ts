import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileKernel } from '../../../../src/kernel/kernel.ts';
import { BatchMemory } from '../../../../src/ledger/sqlite/bulk/batch-memory.ts';
import { EncodingKernel } from '../../../../src/ledger/sqlite/bulk/encoding-kernel.ts';
import { EntryRuns } from '../../../../src/ledger/sqlite/bulk/entry-runs.ts';
import { IndexKernel } from '../../../../src/ledger/sqlite/bulk/index-kernel.ts';
import { jobEntries } from '../../../../src/ledger/sqlite/bulk/job-entries.ts';
import { writeTable } from '../../../../src/ledger/sqlite/bulk/write-table.ts';
import { writeUniqueIndex } from '../../../../src/ledger/sqlite/bulk/write-unique-index.ts';
import { queryLedger } from '../../../support/query-ledger.ts';
import { TempFolder } from '../../../support/temp-folder.ts';
import { chunkOf } from './chunk-of.ts';
import { EXTREME_INTEGERS, EXTREME_TEXTS } from './extreme-values.ts';
import { propertyRuns } from './property-runs.ts';
import { storedFaults } from './stored-rows.ts';
import { writePages } from './write-pages.ts';
import { tableLeaves } from './write-table-file.ts';

/** What one index left in its memory must not show in the next. */
const INDEX_KERNEL = new IndexKernel(compileKernel());

type Job = readonly [jobId: string, submit: number];

describe('the unique index that is written as pages', () => {
  const { numRuns, timeoutMs } = propertyRuns(60);

  it(
    'has each job once, in the order in which SQLite compares them, however they come in batches',
    () => {
      // What an earlier batch left in it must not show in a later one.
      const kernel = new EncodingKernel(compileKernel());
      const shape = fc.record({
        pageSize: fc.constantFrom(512, 512, 4096),
        batches: fc.array(fc.array(jobs(), { maxLength: 60 }), { maxLength: 6 }),
      });
      fc.assert(
        fc.property(shape, ({ pageSize, batches }) => {
          using folder = new TempFolder();
          const path = folder.file('t.db');
          const distinct = withoutRepeats(batches);
          writeUniqueIndexFile(path, pageSize, distinct, kernel);
          expect(storedFaults(path)).toEqual([]);
          expect(indexOrder(path)).toEqual(tableOrder(path));
        }),
        { numRuns },
      );
    },
    timeoutMs,
  );

  it.each([
    ['numbers of one length', (i: number) => `${4_110_425 + ((i * 7919) % 5000)}.sched1`],
    ['numbers of many lengths', (i: number) => `${((i * 7919) % 5000) ** 2}.sched1`],
    ['elements of a few arrays', (i: number) => `${997 + (i % 5)}[${(i * 7919) % 5000}].sched1`],
    ['texts that agree far', (i: number) => `${'a'.repeat(40)}${(i * 7919) % 5000}`],
    ['texts that begin each other', (i: number) => 'a'.repeat((i * 7919) % 5000)],
    ['texts that end with zero bytes', (i: number) => `1${'\0'.repeat((i * 7919) % 5000)}`],
  ])('is in order where its ids are %s', (_, idOf) => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const jobs = Array.from({ length: 3000 }, (_, i): Job => [idOf(i), i]);
    const batches = [jobs.slice(0, 1500), jobs.slice(1500, 1501), jobs.slice(1501)];
    writeUniqueIndexFile(path, 4096, batches);
    expect(storedFaults(path)).toEqual([]);
    expect(indexOrder(path)).toEqual(tableOrder(path));
  });

  it('is in order where entries are longer than what is read of a batch at once', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const idOf = (i: number): string => `${i}${'x'.repeat(i % 250 === 0 ? 70_000 + 40 * i : 0)}`;
    const jobs = Array.from({ length: 3000 }, (_, i): Job => [idOf((i * 7919) % 3000), i]);
    writeUniqueIndexFile(path, 512, [jobs.slice(0, 1000), jobs.slice(1000)]);
    expect(storedFaults(path)).toEqual([]);
    expect(indexOrder(path)).toEqual(tableOrder(path));
  });

  it('is in order where there are very many batches', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const batches = Array.from({ length: 700 }, (_, batch) =>
      Array.from({ length: 7 }, (_, i): Job => [`${(i * 7919 + batch * 31) % 5003}.s`, batch]),
    );
    writeUniqueIndexFile(path, 4096, batches);
    expect(storedFaults(path)).toEqual([]);
    expect(indexOrder(path)).toEqual(tableOrder(path));
  });

  it('is sound where the inner pages of a level are more than are written at once', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const idOf = (i: number): string => `${i}`.padStart(110, '0');
    const jobs = Array.from({ length: 9000 }, (_, i): Job => [idOf((i * 7919) % 9000), i]);
    writeUniqueIndexFile(path, 512, [jobs]);
    expect(storedFaults(path)).toEqual([]);
    expect(indexOrder(path)).toEqual(tableOrder(path));
  });

  it('is in order where a batch has more jobs than usual', () => {
    using folder = new TempFolder();
    const path = folder.file('t.db');
    const jobs = Array.from({ length: 70_000 }, (_, i): Job => [`${(i * 7919) % 70_000}.s`, i]);
    writeUniqueIndexFile(path, 4096, [jobs]);
    expect(storedFaults(path)).toEqual([]);
    expect(indexOrder(path)).toEqual(tableOrder(path));
  });

  it.each([
    [
      'of one batch',
      [
        [['1.s', 5]],
        [
          ['7.s', 1],
          ['2.s', 5],
          ['7.s', 1],
        ],
      ],
    ],
    [
      'of two batches',
      [
        [
          ['1.s', 5],
          ['7.s', 1],
        ],
        [['2.s', 5]],
        [['7.s', 1]],
      ],
    ],
  ] as [string, Job[][]][])('is refused where two jobs %s are the same', (_, batches) => {
    using folder = new TempFolder();
    expect(() => writeUniqueIndexFile(folder.file('t.db'), 4096, batches)).toThrow(
      /rows \d and \d of jobs .* 7\.s submitted at 1 and 7\.s submitted at 1/,
    );
  });
});

function jobs(): fc.Arbitrary<Job> {
  const number = fc.oneof(fc.nat(30), fc.nat(2_000_000));
  const jobId = fc.oneof(
    number.map((number) => `${number}.sched1`),
    fc.tuple(fc.nat(3), fc.nat(200)).map(([number, index]) => `${number}[${index}].sched1`),
    number.map((number) => `${number}`),
    fc.constantFrom(...EXTREME_TEXTS),
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.nat(5000), number).map(([length, number]) => `${'é'.repeat(length)}${number}`),
  );
  return fc.tuple(jobId, fc.oneof(fc.nat(3), fc.constantFrom(...EXTREME_INTEGERS)));
}

function withoutRepeats(batches: readonly (readonly Job[])[]): Job[][] {
  const seen = new Set<string>();
  return batches.map((batch) =>
    batch.filter((job) => {
      const key = JSON.stringify(job);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  );
}

/** A table `t` and its unique index `ix`, both written as pages. */
function writeUniqueIndexFile(
  path: string,
  pageSize: number,
  batches: readonly (readonly Job[])[],
  kernel = new EncodingKernel(compileKernel()),
): void {
  const schema =
    'CREATE TABLE t(id INTEGER PRIMARY KEY, job_id TEXT NOT NULL, submit INTEGER NOT NULL); ' +
    'CREATE UNIQUE INDEX ix ON t(job_id, submit)';
  const rows = batches.flat();
  using runs = new EntryRuns(`${path}.entries`);
  let rowId = 1;
  for (const batch of batches) {
    runs.add(entriesOf(batch, rowId, kernel));
    rowId += batch.length;
  }
  writePages(path, { pageSize, schema }, (open) => {
    const leaves = tableLeaves(open.file, {
      columns: ['TEXT', 'INTEGER'],
      rowIds: rows.map((_, i) => i + 1),
      rows,
    });
    writeTable(open.file, open.fd, open.header, [leaves], open.rootPage('t'));
    writeUniqueIndex(
      { file: open.share, rootPage: open.rootPage('ix'), runs: runs.share() },
      INDEX_KERNEL,
    );
  });
}

function entriesOf(
  jobs: readonly Job[],
  firstRowId: number,
  kernel: EncodingKernel,
): Uint8Array<ArrayBuffer> {
  const { batch } = chunkOf(
    jobs.map(([jobId, submit]) => ({
      numbers: { submit },
      texts: { job_id: jobId },
      qosCode: 0,
      incomplete: 0,
    })),
  );
  const places = Int32Array.from(jobs.keys());
  const memory = new BatchMemory(
    kernel,
    { batch, nameIds: {}, qosIds: [], qosFactors: [], pageSize: 512 },
    places,
  );
  return jobEntries(kernel, memory, firstRowId, jobs.length);
}

function indexOrder(path: string): unknown[] {
  return queryLedger(
    path,
    'SELECT job_id, submit, id FROM t INDEXED BY ix ORDER BY job_id, submit',
  );
}

/** Sorted by SQLite, without an index. */
function tableOrder(path: string): unknown[] {
  return queryLedger(path, 'SELECT job_id, submit, id FROM t NOT INDEXED ORDER BY job_id, submit');
}
