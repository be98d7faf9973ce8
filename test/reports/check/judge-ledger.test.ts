import { describe, expect, it } from 'vitest';
import type { CheckFacts, OpenRun } from '../../../src/reports/check/check-facts.ts';
import { judgeLedger } from '../../../src/reports/check/judge-ledger.ts';
import type { CheckName } from '../../../src/reports/check/verdict.ts';
import { worstOf } from '../../../src/reports/check/verdict.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** 2026-01-20, noon UTC. */
const NOW = 1_768_910_400;
const TODAY = 20_473;

const WELL: CheckFacts = {
  newestEnd: NOW - HOUR,
  lastIngest: { runId: 7, startedAt: NOW - HOUR, finishedAt: NOW - HOUR, lines: 1000, rejects: 0 },
  lastReading: { runId: 7, lines: 1000, rejects: 0 },
  openRuns: [],
  firstDay: TODAY - 2,
  lastDay: TODAY,
  days: [TODAY - 2, TODAY - 1, TODAY].map((day) => ({ day, jobs: 50 })),
  unreadFiles: [],
  staleDays: 0,
};

const RUN: OpenRun = {
  id: 8,
  command: 'ingest',
  status: 'running',
  startedAt: NOW - HOUR,
  error: null,
};

describe('the judgement of a ledger', () => {
  it('is ok on every count where all is well, and gives no advice', () => {
    const lines = linesOf({});
    expect(lines.map(({ check }) => check)).toEqual([
      'newest-job',
      'last-ingest',
      'runs',
      'missing-days',
      'odd-days',
      'unread-files',
      'rejects',
      'summary',
    ]);
    expect(new Set(lines.map(({ verdict }) => verdict))).toEqual(new Set(['ok']));
    expect(new Set(lines.map(({ advice }) => advice))).toEqual(new Set([null]));
  });

  it('is a warning where the newest job is older than allowed, critical where twice as old', () => {
    const judged = (age: number) => verdictOf('newest-job', { newestEnd: NOW - age });
    expect(judged(26 * HOUR)).toBe('ok');
    expect(judged(26 * HOUR + 1)).toBe('warning');
    expect(judged(52 * HOUR)).toBe('warning');
    expect(judged(52 * HOUR + 1)).toBe('critical');
    expect(verdictOf('newest-job', { newestEnd: null })).toBe('critical');
    expect(lineOf('newest-job', { newestEnd: NOW - 30 * HOUR })).toEqual({
      check: 'newest-job',
      verdict: 'warning',
      message: 'the newest job ended 2026-01-19T06:00:00Z, 30 h ago',
      advice: 'Look whether the export runs and has jobs of today, then ingest it',
    });
  });

  it('doubts jobs of the future', () => {
    expect(verdictOf('newest-job', { newestEnd: NOW + HOUR })).toBe('ok');
    expect(verdictOf('newest-job', { newestEnd: NOW + HOUR + 1 })).toBe('warning');
  });

  it('judges the last complete ingest by its age likewise', () => {
    const judged = (age: number) =>
      verdictOf('last-ingest', {
        lastIngest: { runId: 7, startedAt: 0, finishedAt: NOW - age, lines: 1, rejects: 0 },
      });
    expect([judged(HOUR), judged(27 * HOUR), judged(3 * DAY)]).toEqual([
      'ok',
      'warning',
      'critical',
    ]);
    expect(verdictOf('last-ingest', { lastIngest: null })).toBe('critical');
  });

  it('is critical where a run failed, was interrupted or was killed, and quotes its error', () => {
    expect(
      lineOf('runs', { openRuns: [{ ...RUN, status: 'failed', error: 'disk full\n  at x' }] }),
    ).toMatchObject({
      verdict: 'critical',
      message: 'run 8 (ingest) of 2026-01-20T11:00:00Z failed: disk full',
      advice: expect.stringContaining('qledger runs show 8'),
    });
    expect(verdictOf('runs', { openRuns: [{ ...RUN, status: 'interrupted' }] })).toBe('critical');
    const since = (age: number) => ({ openRuns: [{ ...RUN, startedAt: NOW - age }] });
    expect(lineOf('runs', since(6 * HOUR))).toMatchObject({
      verdict: 'ok',
      message: 'run 8 (ingest) at work for 6 h',
    });
    expect(verdictOf('runs', since(6 * HOUR + 1))).toBe('critical');
    const failedBefore = [{ ...RUN, id: 6, status: 'failed' as const }, RUN];
    expect(verdictOf('runs', { openRuns: failedBefore })).toBe('critical');
  });

  it('names gaps between the first and the last day, of the window alone', () => {
    const gaps = { firstDay: 0, days: WELL.days.filter(({ day }) => day !== TODAY - 1) };
    expect(lineOf('missing-days', { ...gaps, firstDay: TODAY - 2 })).toMatchObject({
      verdict: 'warning',
      message: '1 day has no job: 2026-01-19',
    });
    expect(lineOf('missing-days', gaps).message).toMatch(/^58 days have no job: 2025-11-22 to /);
    expect(verdictOf('missing-days', { days: [], firstDay: null, lastDay: null })).toBe('ok');
  });

  it('judges the number of jobs of days that were over at the last ingest', () => {
    const days = [35, 28, 21, 14, 7, 0].map((ago) => ({
      day: TODAY - ago,
      jobs: ago === 0 || ago === 7 ? 3 : 100,
    }));
    expect(lineOf('odd-days', { days })).toMatchObject({
      verdict: 'warning',
      message: '2026-01-13 has 3 jobs, usual are 100',
    });
    expect(verdictOf('odd-days', { days: days.filter(({ day }) => day !== TODAY - 7) })).toBe('ok');
  });

  it('names files that were not read to their end, but for those that a run is at', () => {
    const unreadFiles = [{ path: '/data/a.csv', runId: 8 }];
    expect(lineOf('unread-files', { unreadFiles })).toMatchObject({
      verdict: 'warning',
      message: '1 file was not read to the end: /data/a.csv (run 8)',
    });
    expect(verdictOf('unread-files', { unreadFiles, openRuns: [RUN] })).toBe('ok');
  });

  it('judges the share of rejects, where they are ten at least', () => {
    const judged = (rejects: number, lines: number) =>
      verdictOf('rejects', { lastReading: { runId: 7, lines, rejects } });
    expect(judged(9, 9)).toBe('ok');
    expect(judged(10, 1000)).toBe('ok');
    expect(judged(11, 1000)).toBe('warning');
    expect(judged(200, 1000)).toBe('warning');
    expect(judged(201, 1000)).toBe('critical');
    expect(verdictOf('rejects', { lastReading: null })).toBe('ok');
  });

  it('warns of days that are not summarised, unless a run is at work', () => {
    expect(verdictOf('summary', { staleDays: 1 })).toBe('warning');
    expect(verdictOf('summary', { staleDays: 1, openRuns: [RUN] })).toBe('ok');
  });
});

describe('the verdict', () => {
  it('is the worst of all', () => {
    expect(worstOf([])).toBe('ok');
    expect(worstOf(['ok', 'critical', 'warning'])).toBe('critical');
    expect(worstOf(['warning', 'ok'])).toBe('warning');
  });
});

function linesOf(facts: Partial<CheckFacts>) {
  return judgeLedger(
    { ...WELL, ...facts },
    {
      now: NOW,
      maxAgeSeconds: 26 * HOUR,
      window: { from: TODAY - 59, to: TODAY, comparedFrom: TODAY - 115, startsAt: NOW - 60 * DAY },
      completeThrough: TODAY - 1,
    },
  );
}

function lineOf(check: CheckName, facts: Partial<CheckFacts>) {
  const found = linesOf(facts).find((line) => line.check === check);
  if (found === undefined) throw new Error(`no check ${check}`);
  return found;
}

function verdictOf(check: CheckName, facts: Partial<CheckFacts>) {
  return lineOf(check, facts).verdict;
}
