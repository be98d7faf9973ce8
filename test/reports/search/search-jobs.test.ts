import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CursorError } from '../../../src/reports/search/cursor.ts';
import { SEARCH_COLUMNS, searchColumn } from '../../../src/reports/search/job-columns.ts';
import { jobFacets } from '../../../src/reports/search/job-facets.ts';
import type { JobFilter } from '../../../src/reports/search/job-filter.ts';
import {
  countJobs,
  type JobOrder,
  type JobPage,
  searchJobs,
} from '../../../src/reports/search/search-jobs.ts';
import { exampleLedger } from '../../support/example-ledger.ts';
import { type JobFields, jobsExport } from '../../support/jobs-export.ts';

/** Jobs with many equal values, and some without one. */
const JOBS: readonly JobFields[] = Array.from({ length: 60 }, (_, i) => ({
  'Job ID': i % 7 === 0 ? `77[${i}].s` : `${1000 + i}.s`,
  'Job Name': ['run', 'post', 'a*b'][i % 3],
  User: `user${i % 5}`,
  Account: `ACCT${i % 3}`,
  Queue: ['cpu', 'gpu', 'cpudev'][i % 3],
  'Exit Status': i % 4 === 0 ? '271' : '0',
  'Used Mem': i % 6 === 0 ? '' : String(i % 4),
  Nodes: String(1 + (i % 3)),
  'Job Start': `2026-02-${String(1 + (i % 9)).padStart(2, '0')} 10:00:00`,
  'Job End': `2026-02-${String(1 + (i % 9)).padStart(2, '0')} 11:30:00`,
}));
const KEY = SEARCH_COLUMNS.filter(({ key }) => key === 'job');

let ledger: Awaited<ReturnType<typeof exampleLedger>>;
beforeAll(async () => {
  ledger = await exampleLedger();
  await ledger.add('more.csv', jobsExport(JOBS));
  return () => ledger[Symbol.dispose]();
});

describe('pages of a search', () => {
  const order = fc.record({
    by: fc.constantFrom(...SEARCH_COLUMNS.map(({ key }) => key)),
    descending: fc.boolean(),
  });
  const filter: fc.Arbitrary<JobFilter> = fc.record(
    {
      users: fc.subarray(['user1', 'user[23]', '*'], { minLength: 1 }),
      queues: fc.subarray(['cpu', 'gpu*', 'c*'], { minLength: 1 }),
      statuses: fc.subarray(['ok', 'failed', '271'], { minLength: 1 }),
      bounds: fc.constantFrom(
        [{ column: 'nodes', min: 2, max: null }],
        [{ column: 'memory', min: null, max: 2 ** 30 }],
      ),
    },
    { requiredKeys: [] },
  );

  it('follow each other forwards and backwards without a gap, in every order, and are all that fit', () => {
    fc.assert(
      fc.property(filter, order, fc.integer({ min: 1, max: 9 }), (filter, order, limit) => {
        const all = page(filter, order, 1000).rows.map(([job]) => job);
        expect(all).toHaveLength(ledger.ask((db) => countJobs(db, filter)));
        expect(new Set(all).size).toBe(all.length);
        const { jobs, last } = walk(filter, order, limit, 'next');
        expect(jobs.flat()).toEqual(all);
        const back = walk(filter, order, limit, 'previous', last).jobs.reverse().flat();
        expect([...back, ...(jobs.at(-1) ?? [])]).toEqual(all);
      }),
      { numRuns: 150 },
    );
  });

  it('are in the order that was asked for', () => {
    for (const by of ['end', 'nodes', 'memory', 'user'] as const) {
      const column = searchColumn(by);
      if (column === undefined) throw new Error(by);
      const values = ledger
        .ask((db) =>
          searchJobs(db, {
            filter: {},
            order: { by, descending: false },
            columns: [column],
            limit: 99,
          }),
        )
        .rows.map(([value]) => value);
      const known = values.filter((value) => value !== null);
      expect(values.slice(0, values.length - known.length).every((value) => value === null)).toBe(
        true,
      );
      expect(known).toEqual(known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    }
  });

  it('do not shift when jobs come in between', async () => {
    const order = { by: 'end', descending: true };
    const first = page({}, order, 5);
    await ledger.add(
      'newest.csv',
      jobsExport([{ 'Job ID': '5.s', 'Job End': '2026-03-01 11:30:00' }]),
    );
    const second = page({}, order, 5, first.next ?? '');
    const all = page({}, order, 11).rows.map(([job]) => job);
    expect(all).toEqual(['5.s', ...first.rows.flat(), ...second.rows.flat()]);
  });

  it('have cursors of their own: one of another search is refused', () => {
    const order = { by: 'end', descending: true };
    const { next } = page({}, order, 5);
    for (const other of [
      { by: 'end', descending: false },
      { by: 'nodes', descending: true },
    ]) {
      expect(() => page({}, other, 5, next ?? '')).toThrow(CursorError);
    }
    expect(() => page({ users: ['user1'] }, order, 5, next ?? '')).toThrow(CursorError);
    for (const none of ['', 'x', 'WzFd', Buffer.from('{}').toString('base64url')]) {
      expect(() => page({}, order, 5, none)).toThrow(CursorError);
    }
  });
});

describe('a search', () => {
  it.each<[string, JobFilter, number]>([
    ['of an array with its members', { jobIds: ['77[]'] }, 9],
    ['of one member, without its server', { jobIds: ['77[7]'] }, 1],
    ['of a job by its whole id', { jobIds: ['1001.s'] }, 1],
    ['of several ids', { jobIds: ['1001', '1002.s', '9999'] }, 2],
    ['of a name that holds a star', { names: ['a[*]b'] }, 20],
    ['of two queues', { queues: ['gpu', 'cpudev'], names: ['post', 'a*'] }, 40],
    ['of failed jobs', { statuses: ['failed'], users: ['user?'] }, 15],
    ['between two bounds', { bounds: [{ column: 'nodes', min: 2, max: 2 }], names: ['post'] }, 20],
    ['of what a run put in', { run: 2 }, 60],
    ['of nobody', { users: ['nobody'] }, 0],
  ])('%s finds what fits', (_what, filter, count) => {
    expect(ledger.ask((db) => countJobs(db, filter))).toBe(count);
    expect(page(filter, { by: 'end', descending: true }, 100).rows).toHaveLength(count);
  });

  it('tells of how many each name has', () => {
    const filter = { names: ['run', 'post', 'a[*]b'], queues: ['gpu'] };
    expect(ledger.ask((db) => jobFacets(db, filter, ['queue', 'status'], 10))).toEqual([
      ['queue', 'gpu', 20],
      ['status', '0', 15],
      ['status', '271', 5],
    ]);
  });
});

function page(filter: JobFilter, order: JobOrder, limit: number, cursor?: string): JobPage {
  const search = { filter, order, columns: KEY, limit };
  return ledger.ask((db) => searchJobs(db, cursor === undefined ? search : { ...search, cursor }));
}

/** @returns the jobs of each page, and the last page. */
function walk(
  filter: JobFilter,
  order: JobOrder,
  limit: number,
  way: 'next' | 'previous',
  from?: JobPage,
): { jobs: unknown[][]; last: JobPage } {
  const jobs: unknown[][] = [];
  let last = from ?? page(filter, order, limit);
  if (from === undefined) jobs.push(last.rows.flat());
  for (let cursor = last[way]; cursor !== null; cursor = last[way]) {
    last = page(filter, order, limit, cursor);
    jobs.push(last.rows.flat());
  }
  return { jobs, last };
}
