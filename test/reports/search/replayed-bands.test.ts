import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBound } from '../../../src/cli/bound-option.ts';
import { type Band, UNKNOWN_BAND } from '../../../src/reports/bands.ts';
import type { ReportDefinition, ReportQuestion } from '../../../src/reports/definition.ts';
import { BANDINGS } from '../../../src/reports/job-bandings.ts';
import { periodLabel } from '../../../src/reports/period.ts';
import { REPORTS } from '../../../src/reports/registry.ts';
import { SEARCH_COLUMNS } from '../../../src/reports/search/job-columns.ts';
import type { Bound, JobFilter } from '../../../src/reports/search/job-filter.ts';
import { countJobs, searchJobs } from '../../../src/reports/search/search-jobs.ts';
import { windowDays, windowParts, windowText } from '../../../src/reports/window.ts';
import { windowInstants } from '../../../src/reports/window-instants.ts';
import { formatLocalDay, parseLocalDay } from '../../../src/site/local-day.ts';
import { answerOf, BOTH_DAYS, handLedger } from '../../support/hand-ledger.ts';
import { presetMachine } from '../../support/preset-machine.ts';
import { runQledger } from '../../support/run-qledger.ts';
import { fillLedger, type RandomJob, randomJob } from '../facts/random-jobs.ts';

const site = presetMachine('derecho');

/** The reports of each banding, and the column of `qledger jobs` that has the same number. */
const REPLAYED = [
  { column: 'nodes', fact: 'numnodes', bands: BANDINGS.nodes.bands(site), name: /-by-nodes$/ },
  { column: 'cpus', fact: 'numcpus', bands: BANDINGS.cores.bands(site), name: /-by-cores$/ },
  { column: 'gpus', fact: 'numgpus', bands: BANDINGS.gpus.bands(site), name: /-by-gpus$/ },
  { column: 'memory', fact: 'memory', bands: BANDINGS.memory.bands(), name: /-by-memory$/ },
  { column: 'elapsed', fact: 'elapsed', bands: BANDINGS.duration.bands(), name: /-durations?\b/ },
] as const;
const CASES = REPORTS.flatMap((definition) =>
  REPLAYED.filter(({ name }) => name.test(definition.name)).map(
    (replayed) => [definition, replayed] as const,
  ),
);

/** Numbers at which bands end and begin, which random ones seldom are. */
const onEdges = fc.record(
  Object.fromEntries(
    REPLAYED.map(({ fact, bands }) => [
      fact,
      fc.constantFrom(null, ...bands.flatMap(({ min, max }) => [min, max ?? min + 1])),
    ]),
  ),
  { requiredKeys: [] },
);
/** Twenty days with a change of clocks among them. */
const FIRST_DAYS = ['2026-02-28', '2026-10-22'] as const;
const history = fc.record({
  firstDay: fc.constantFrom(...FIRST_DAYS),
  jobs: fc.array(
    fc.tuple(randomJob, onEdges).map(([job, edges]): RandomJob => ({ ...job, ...edges })),
    { maxLength: 40 },
  ),
  days: fc.tuple(fc.nat(22), fc.nat(22)),
});

/** Random jobs end from 1970-01-01 on. */
function endingFrom(firstDay: number, jobs: readonly RandomJob[]): RandomJob[] {
  return jobs.map((job) => ({ ...job, end: firstDay * 86_400 + job.end }));
}

/** As `--min` and `--max` say it. */
function boundsOf(column: string, { min, max }: Band): Bound[] {
  return [
    readBound('min', `${column}=${min}`),
    ...(max === null ? [] : [readBound('max', `${column}=${max}`)]),
  ];
}

/** How many jobs a search shows: in the order of their ends it reads them from the rows, not from the facts of reports. */
function shownJobs(db: Database.Database, filter: JobFilter): number {
  const order = { by: 'end', descending: true };
  return searchJobs(db, { filter, order, columns: SEARCH_COLUMNS.slice(0, 1), limit: 99 }).rows
    .length;
}

/** Holds each band of a report, in each part of the window that it is cut into, against a search. */
function replay(
  db: Database.Database,
  definition: ReportDefinition,
  { column, bands }: (typeof REPLAYED)[number],
  question: ReportQuestion,
): void {
  const { from, to, period } = question;
  const isHistory = definition.options.includes('period');
  const { columns, rows } = definition.answer(db, question);
  const [place, bandPlace] = ['jobs', 'band'].map((key) =>
    columns.findIndex((of) => of.key === key),
  );
  const window = windowDays(from, to);
  const whole = { label: '', ...window };
  for (const part of isHistory ? windowParts(window, period, periodLabel) : [whole]) {
    const ofPart = isHistory ? rows.filter(([label]) => label === part.label) : rows;
    const counted = (band: string): number =>
      Number(ofPart.find((row) => row[bandPlace] === band)?.[place] ?? 0);
    const days = windowText(part);
    const { start: endFrom, end: endBefore } = windowInstants(db, days.from, days.to);
    const found = (bounds: readonly Bound[] = []): number =>
      shownJobs(db, { endFrom, endBefore, bounds });
    const inBands = bands.map((band) => found(boundsOf(column, band)));
    const where = [definition.name, days];
    expect([where, inBands]).toEqual([where, bands.map(({ label }) => counted(label))]);
    const notKnown = found() - inBands.reduce((sum, jobs) => sum + jobs, 0);
    expect([where, notKnown]).toEqual([where, counted(UNKNOWN_BAND)]);
  }
}

describe('a search with the bounds of a band', () => {
  it('is made for every report of a size or a run time', () => {
    const bySizes = ['job-sizes', 'waits'].flatMap((kind) =>
      ['nodes', 'cores', 'gpus', 'memory'].map((by) => `${kind}-by-${by}`),
    );
    const byTimes = ['job-durations', 'job-durations-history', 'waits-by-duration'];
    expect(CASES.map(([{ name }]) => name).sort()).toEqual([...bySizes, ...byTimes].sort());
  });

  it('finds the jobs that the report counts in it, and all but those that do not say it', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('day', 'week', 'month'), (past, period) => {
        const first = parseLocalDay(past.firstDay);
        const [a, b] = past.days;
        const from = formatLocalDay(first + Math.min(a, b));
        const to = formatLocalDay(first + Math.max(a, b));
        const db = new Database(':memory:');
        try {
          fillLedger(db, endingFrom(first, past.jobs), site.timeZone);
          for (const [definition, replayed] of CASES) {
            replay(db, definition, replayed, { from, to, period, top: null, site });
          }
        } finally {
          db.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('counts what it shows', () => {
    const band = fc
      .constantFrom(...REPLAYED)
      .chain(({ column, bands }) =>
        fc.constantFrom(...bands).map((band) => boundsOf(column, band)),
      );
    fc.assert(
      fc.property(history, band, ({ firstDay, jobs, days: [a, b] }, bounds) => {
        const first = parseLocalDay(firstDay);
        const db = new Database(':memory:');
        try {
          fillLedger(db, endingFrom(first, jobs), site.timeZone);
          const [from, to] = [Math.min(a, b), Math.max(a, b)].map((day) =>
            formatLocalDay(first + day),
          );
          const { start: endFrom, end: endBefore } = windowInstants(db, from, to);
          const filter = { endFrom, endBefore, bounds };
          expect(countJobs(db, filter)).toBe(shownJobs(db, filter));
        } finally {
          db.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is one that the command line can make', async () => {
    using ledger = await handLedger();
    const count = (...options: string[]): number => {
      const window = ['--from', BOTH_DAYS.from, '--to', BOTH_DAYS.to];
      const asked = ['jobs', '--db', ledger.path, ...window, ...options];
      const { stdout } = runQledger('.', ...asked, '--count', '--format', 'json');
      return JSON.parse(stdout).rows[0].jobs;
    };
    const counted = answerOf(ledger, 'job-sizes-by-memory').rows.map(([, jobs]) => jobs);
    const GIB = 2 ** 30;
    expect([
      count('--min', 'memory=0', '--max', 'memory=0'),
      count('--min', 'memory=1', '--max', 'memory=1GiB'),
      count('--min', `memory=${GIB + 1}`, '--max', 'memory=4GiB'),
      count('--min', `memory=${4 * GIB + 1}`, '--max', 'memory=16GiB'),
      count() - count('--min', 'memory=0'),
    ]).toEqual(counted);
  });
});
