import { describe, expect, it } from 'vitest';
import { TIME_UNITS, type TimeUnit } from '../../../src/sources/qhist-csv/labels.ts';
import { timeUnitThatFits } from '../../../src/sources/qhist-csv/time-unit-that-fits.ts';
import { wrongTimeUnitText } from '../../../src/sources/qhist-csv/wrong-time-unit-text.ts';
import { exportText, type JobFields } from './export-line.ts';
import { readExport } from './read-export.ts';

const UNITS: readonly TimeUnit[] = ['s', 'm', 'h', 'd'];
const PAIRS = UNITS.flatMap((printed) => UNITS.map((readAs) => ({ printed, readAs })));
const BEGIN = Date.UTC(2026, 0, 15, 10);
/** From six minutes to two days; the longer ones are told apart even as whole numbers of days. */
const RUNS = [360, 1000, 3600, 5400, 50_000, 86_400, 100_000, 172_800, 200_000];
const UNTOLD = { fits: true, better: null };

describe('the unit of durations', () => {
  it.each(PAIRS)('printed as $printed and read as $readAs', ({ printed, readAs }) => {
    const jobs = RUNS.map((seconds) => job(seconds, seconds / TIME_UNITS[printed]));
    const expected = printed === readAs ? UNTOLD : { fits: false, better: printed };
    expect(verdict(jobs, readAs)).toEqual(expected);
  });

  it.each(PAIRS)(
    'printed as $printed and read as $readAs is told of jobs that were set up for minutes',
    ({ printed, readAs }) => {
      const jobs = RUNS.map((seconds) => job(seconds + 240, seconds / TIME_UNITS[printed]));
      expect(verdict(jobs, readAs).fits).toBe(printed === readAs);
    },
  );

  it('is not doubted for a few jobs that were suspended', () => {
    const jobs = [...RUNS.map((seconds) => job(seconds, seconds / 3600)), job(90_000, 0.1)];
    expect(verdict(jobs, 'h')).toEqual(UNTOLD);
  });

  it('is not doubted where no other fits either', () => {
    expect(
      verdict(
        RUNS.map((seconds) => job(seconds, seconds / 36_000)),
        'h',
      ),
    ).toEqual(UNTOLD);
  });
});

describe('nothing can be told', () => {
  it.each<[string, JobFields[]]>([
    ['of no jobs', []],
    ['of fewer than a handful', [1, 2, 3, 4].map(() => job(3600, 60))],
    ['of short jobs, most of whose time is their set-up', RUNS.map(() => job(200, 60))],
    ['of jobs that never ran', RUNS.map((seconds) => job(seconds, 0))],
    ['of jobs without an elapsed time', RUNS.map((run) => ({ ...job(run, 0), Elapsed: '' }))],
    ['of jobs without a start', RUNS.map((run) => ({ ...job(run, 60), 'Job Start': '' }))],
    ['of arrays as a whole', RUNS.map((run) => ({ ...job(run, 60), 'Job ID': '7[].sched1' }))],
  ])('%s', (_, jobs) => {
    expect(verdict(jobs, 'h')).toEqual(UNTOLD);
  });

  it('of an export without a column of starts', () => {
    const labels = ['Job ID', 'User', 'Queue', 'Job Submit', 'Job End', 'Elapsed'] as const;
    const jobs = RUNS.map((seconds) => job(seconds, seconds / 60));
    expect(timeUnitThatFits(readExport(exportText(jobs, labels)).batch, 3600)).toEqual(UNTOLD);
  });

  it('but members of an array are jobs like others', () => {
    const jobs = RUNS.map((run) => ({ ...job(run, run / 60), 'Job ID': '7[3].sched1' }));
    expect(verdict(jobs, 'h')).toEqual({ fits: false, better: 'm' });
  });
});

describe('the message', () => {
  it('says what was read, what fits and what to type', () => {
    expect(wrongTimeUnitText('/data/jobs.csv', 3600, 'm')).toBe(
      '/data/jobs.csv: durations are not hours: elapsed fits end - start when read as minutes. ' +
        'Nothing was read. Use --time-unit m.',
    );
    const named = UNITS.map((unit) => wrongTimeUnitText('f', TIME_UNITS[unit], 's'));
    expect(named.map((text) => text.split(' ')[4])).toEqual([
      'seconds:',
      'minutes:',
      'hours:',
      'days:',
    ]);
  });
});

function verdict(jobs: readonly JobFields[], readAs: TimeUnit) {
  const { batch } = readExport(exportText(jobs), { timeUnit: readAs });
  expect(batch.rows).toBe(jobs.length);
  return timeUnitThatFits(batch, TIME_UNITS[readAs]);
}

/** A job that ran for so many seconds by the clock and has this elapsed time. */
function job(runSeconds: number, elapsed: number): JobFields {
  const end = new Date(BEGIN + runSeconds * 1000).toISOString().slice(0, 19);
  return { 'Job Start': '2026-01-15 10:00:00', 'Job End': end, Elapsed: String(elapsed) };
}
