import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markAllSegments } from '../../../src/ledger/sqlite/facts/stale-segments.ts';
import { refreshStale } from '../../../src/ledger/sqlite/refresh-stale.ts';
import type { Named } from '../../../src/reports/facts/names-of.ts';
import { readCursor } from '../../../src/reports/search/cursor.ts';
import { SEARCH_COLUMNS, type SearchColumn } from '../../../src/reports/search/job-columns.ts';
import { jobFacets } from '../../../src/reports/search/job-facets.ts';
import type { JobFilter } from '../../../src/reports/search/job-filter.ts';
import {
  countJobs,
  type JobOrder,
  type JobPage,
  searchJobs,
} from '../../../src/reports/search/search-jobs.ts';
import { ZoneClock } from '../../../src/site/zone-clock.ts';
import { zoneTable } from '../../../src/site/zone-table.ts';
import { fillLedger, type RandomJob, randomJob } from '../facts/random-jobs.ts';

const DAY = 86_400;
const NAMED: readonly Named[] = ['user', 'account', 'queue', 'qos', 'status'];
const known = SEARCH_COLUMNS.filter(({ quantity }) => quantity !== undefined).map(({ key }) => key);

/** Small numbers, so that many are the same. */
const few = fc.option(fc.integer({ min: 0, max: 3 }), { freq: 6 });
const hours = few.map((number) => number ?? 0.5);
const job = fc
  .tuple(
    randomJob,
    fc.record({
      ...{ elapsed: few, walltime: few, cputime: few, eligible_secs: few, numcpus: few },
      ...{ numgpus: few, numnodes: few, reqmem: few, memory: few },
      ...{ cpu_hours: hours, gpu_hours: hours, memory_hours: hours },
    }),
    fc.boolean(),
  )
  .map(([wide, narrow, isNarrow]) => (isNarrow ? { ...wide, ...narrow } : wide));

const filter: fc.Arbitrary<JobFilter> = fc.record(
  {
    users: fc.subarray(['ada', '[bc]*', '*', 'nobody'], { minLength: 1 }),
    accounts: fc.subarray(['A1', '?[23]'], { minLength: 1 }),
    queues: fc.subarray(['cpu', 'gpu', 'd*'], { minLength: 1 }),
    qos: fc.subarray(['regular', '*e*'], { minLength: 1 }),
    statuses: fc.subarray(['ok', 'failed', '271', '99'], { minLength: 1 }),
    endFrom: fc.oneof(
      fc.nat(20).map((day) => day * DAY),
      fc.nat(20 * DAY),
    ),
    endBefore: fc.oneof(
      fc.nat(21).map((day) => day * DAY),
      fc.nat(20 * DAY),
    ),
    bounds: fc.array(
      fc.record({
        column: fc.constantFrom(...known),
        min: fc.option(fc.integer({ min: 0, max: 2 })),
        max: fc.option(fc.integer({ min: 0, max: 50_000 })),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const order = fc.record({ by: fc.constantFrom(...known), descending: fc.boolean() });

const ledgerOf = fc.array(job, { maxLength: 40 });
const upToTen = fc.integer({ min: 1, max: 9 });

describe('a search of the facts', () => {
  it('has the pages of a search of the rows, forwards and backwards', () => {
    fc.assert(
      fc.property(ledgerOf, filter, order, upToTen, (jobs, filter, order, limit) => {
        using ledger = new Ledger(jobs);
        ledger.expectSame((db) => walk(db, filter, order, limit));
      }),
      { numRuns: 250 },
    );
  });

  it('has them where segments are full', () => {
    using ledger = new Ledger(
      fc.sample(job, 50).flatMap((one) => Array.from({ length: 400 }, () => ({ ...one, gap: 1 }))),
    );
    for (const descending of [false, true]) {
      const order = { by: 'nodes', descending };
      ledger.expectSame((db) => walk(db, {}, order, 7000, SEARCH_COLUMNS.slice(0, 1)));
    }
  });

  it('counts jobs of which a value is not known, where a bound of it has no end', () => {
    const jobs = fc.sample(job, 20).map((one) => ({ ...one, gap: 1, elapsed: null }));
    using ledger = new Ledger(jobs);
    const bounds = [{ column: 'elapsed', min: null, max: null }];
    ledger.expectSame((db) => countJobs(db, { bounds }));
  });

  it('counts what a search of the rows counts, by each name', () => {
    fc.assert(
      fc.property(ledgerOf, filter, upToTen, (jobs, filter, limit) => {
        using ledger = new Ledger(jobs);
        ledger.expectSame((db) => [countJobs(db, filter), ...jobFacets(db, filter, NAMED, limit)]);
      }),
      { numRuns: 150 },
    );
  });

  it('goes on where a job was that is no longer there', () => {
    fc.assert(
      fc.property(ledgerOf, order, upToTen, (jobs, order, limit) => {
        using ledger = new Ledger(jobs);
        const { next } = page(ledger.db, {}, order, limit);
        fc.pre(next !== null);
        const { id } = readCursor(next ?? '', {}, order);
        ledger.alter(`DELETE FROM jobs WHERE id = ${id}`);
        ledger.expectSame((db) => page(db, {}, order, limit, next ?? ''));
      }),
    );
  });

  it('is one of the rows as long as these have changes that the facts have not', () => {
    using ledger = new Ledger(
      fc.sample(job, 3).map((one) => ({ ...one, user_id: 1, numnodes: 1 })),
    );
    const filter = { bounds: [{ column: 'nodes', min: 2, max: null }] };
    const found = (): number[] => [
      countJobs(ledger.db, filter),
      page(ledger.db, filter, { by: 'nodes', descending: true }, 9).rows.length,
      jobFacets(ledger.db, filter, NAMED, 9).filter(([by]) => by === 'user').length,
    ];
    ledger.db.exec('UPDATE jobs SET numnodes = 2');
    expect(found()).toEqual([0, 0, 0]);
    ledger.db.exec('INSERT INTO stale_segments SELECT id FROM fact_segments');
    expect(found()).toEqual([3, 3, 1]);
    ledger.db.exec('DELETE FROM stale_segments; DELETE FROM fact_segments; DELETE FROM job_facts');
    expect(found()).toEqual([3, 3, 1]);
  });
});

class Ledger implements Disposable {
  readonly db = new Database(':memory:');

  constructor(jobs: readonly RandomJob[]) {
    fillLedger(this.db, jobs);
  }

  alter(sql: string): void {
    this.db.exec(sql);
    markAllSegments(this.db);
    refreshStale(this.db, new ZoneClock(zoneTable('UTC')));
  }

  /** Asks while the facts stand, and while they are said to lag behind. */
  expectSame(ask: (db: Database.Database) => unknown): void {
    const ofFacts = ask(this.db);
    this.db.exec('INSERT INTO stale_segments (id) VALUES (0)');
    expect(ofFacts).toEqual(ask(this.db));
    this.db.exec('DELETE FROM stale_segments');
  }

  [Symbol.dispose](): void {
    this.db.close();
  }
}

function page(
  db: Database.Database,
  filter: JobFilter,
  order: JobOrder,
  limit: number,
  cursor?: string,
  columns: readonly SearchColumn[] = SEARCH_COLUMNS,
): JobPage {
  const search = { filter, order, columns, limit };
  return searchJobs(db, cursor === undefined ? search : { ...search, cursor });
}

/** All pages from the first to the last, and back. */
function walk(
  db: Database.Database,
  filter: JobFilter,
  order: JobOrder,
  limit: number,
  columns?: readonly SearchColumn[],
): JobPage[] {
  const pages = [page(db, filter, order, limit, undefined, columns)];
  for (const way of ['next', 'previous'] as const) {
    for (let at = pages.at(-1)?.[way] ?? null; at !== null; at = pages.at(-1)?.[way] ?? null) {
      pages.push(page(db, filter, order, limit, at, columns));
    }
  }
  return pages;
}
