import { describe, expect, it } from 'vitest';
import { DEFAULT_LABELS, exportText, type JobFields, type Label } from './qhist-csv/export-line.ts';
import { type ReadExport, readExport } from './qhist-csv/read-export.ts';

const MDT = '-06:00';
const MST = '-07:00';
const AUTUMN = '2025-11-02';

/** What an export of a job that was submitted before the repeated hour says of its run. */
interface Run {
  readonly start: string;
  readonly end: string;
  readonly hours: string;
}

describe('in the hour that autumn repeats', () => {
  it.each<[string, Run, string, string]>([
    ['a start', { start: '01:30', end: '03:00', hours: '1.5' }, MST, MST],
    ['a start', { start: '01:30', end: '03:00', hours: '2.5' }, MDT, MST],
    ['a start', { start: '01:00', end: '02:00', hours: '1.0' }, MST, MST],
    ['a start', { start: '01:00', end: '02:00', hours: '2.0' }, MDT, MST],
    ['an end', { start: '00:30', end: '01:30', hours: '1.0' }, MDT, MDT],
    ['an end', { start: '00:30', end: '01:30', hours: '2.0' }, MDT, MST],
    ['an end', { start: '00:59', end: '01:00', hours: '1.0166666666666666' }, MDT, MST],
    ['both', { start: '01:10', end: '01:40', hours: '1.5' }, MDT, MST],
    ['both', { start: '01:40', end: '01:10', hours: '0.5' }, MDT, MST],
    ['both', { start: '01:20', end: '01:20', hours: '1.0' }, MDT, MST],
    ['a start, by the clock form,', { start: '01:30', end: '03:00', hours: '01:30:00' }, MST, MST],
  ])('%s is decided by the run time: %j', (_, run, startOffset, endOffset) => {
    const { jobs, undecidedTimes } = readRun(run);
    expect(undecidedTimes).toBe(0);
    expect(jobs).toMatchObject([
      { start: instant(run.start, startOffset), end: instant(run.end, endOffset) },
    ]);
  });

  it.each([-14 * 60, -60, 1, 60, 14 * 60])('a run time that is %d s off still decides', (off) => {
    const hours = String((5400 + off) / 3600);
    const { jobs, undecidedTimes } = readRun({ start: '01:30', end: '03:00', hours });
    expect(undecidedTimes).toBe(0);
    expect(jobs).toMatchObject([{ start: instant('01:30', MST) }]);
  });

  it.each<[string, Run]>([
    ['both ways are as long', { start: '01:10', end: '01:40', hours: '0.5' }],
    ['it ran no time', { start: '01:20', end: '01:20', hours: '0.0' }],
    ['the run time fits neither', { start: '01:10', end: '03:00', hours: '5.0' }],
    ['the run time is unknown', { start: '01:10', end: '03:00', hours: '' }],
    ['the start is unknown', { start: '', end: '01:40', hours: '1.0' }],
  ])('a job that nothing decides is counted and has the earlier times: %s', (_, run) => {
    const { jobs, rejects, undecidedTimes } = readRun(run);
    expect(rejects).toEqual([]);
    expect(undecidedTimes).toBe(1);
    const end = run.end === '03:00' ? instant(run.end, MST) : instant(run.end, MDT);
    const start = run.start === '' ? null : instant(run.start, MDT);
    expect(jobs).toMatchObject([{ start, end }]);
  });

  it.each<[string, Run]>([
    ['unknown', { start: '01:40', end: '01:10', hours: '' }],
    ['of no help', { start: '01:50', end: '01:20', hours: '0.1' }],
  ])(
    'a job is no reject because its run time is %s while one order of its times is possible',
    (_, run) => {
      const { jobs, rejects } = readRun(run);
      expect(rejects).toEqual([]);
      expect(jobs).toMatchObject([{ start: instant(run.start, MDT), end: instant(run.end, MST) }]);
    },
  );

  it.each<[string, Run, string]>([
    ['its run time tells', { start: '01:10', end: '03:00', hours: '1.8333333333333333' }, '03:00'],
    [
      'its run time tells nothing',
      { start: '01:10', end: '01:20', hours: '0.16666666666666666' },
      '01:20',
    ],
    ['its run time is unknown', { start: '01:10', end: '03:00', hours: '' }, '03:00'],
  ])('a job starts after a submission at 01:40 of the same hour: %s', (_, run, end) => {
    const fields = { ...runFields(run), 'Job Submit': `${AUTUMN} 01:40:00`, 'Eligible Time': '' };
    const { jobs, rejects } = readExport(exportText([fields]));
    expect(rejects).toEqual([]);
    expect(jobs).toMatchObject([
      { submit: instant('01:40', MDT), start: instant('01:10', MST), end: instant(end, MST) },
    ]);
  });

  it('submission and eligibility are the earlier times, which keeps their order', () => {
    const fields = {
      ...runFields({ start: '01:50', end: '03:00', hours: '1.1666666666666667' }),
      'Job Submit': `${AUTUMN} 01:10:00`,
      'Eligible Time': `${AUTUMN} 01:20:00`,
    };
    const { jobs, undecidedTimes } = readExport(exportText([fields]));
    expect(undecidedTimes).toBe(0);
    expect(jobs).toMatchObject([
      {
        submit: instant('01:10', MDT),
        eligible: instant('01:20', MDT),
        start: instant('01:50', MST),
      },
    ]);
  });

  it('counts each job that nothing decides once, and no line that is rejected', () => {
    const undecided = runFields({ start: '01:10', end: '01:40', hours: '0.5' });
    const decided = runFields({ start: '01:30', end: '03:00', hours: '1.5' });
    expect(readExport(exportText([undecided, decided, undecided])).undecidedTimes).toBe(2);
    const read = readExport(exportText([{ ...undecided, User: '' }, undecided]));
    expect(read.rejects).toMatchObject([{ code: 'missing-value' }]);
    expect(read.undecidedTimes).toBe(1);
  });

  it('counts no line that is rejected because of its order either', () => {
    const fields = {
      ...runFields({ start: '01:10', end: '01:40', hours: '0.5' }),
      'Job Submit': `${AUTUMN} 12:00:00`,
    };
    const { rejects, undecidedTimes } = readExport(exportText([fields]));
    expect(rejects).toMatchObject([{ code: 'end-before-start' }]);
    expect(undecidedTimes).toBe(0);
  });

  it('the day of a job is that of its end, once and again', () => {
    const { jobs } = readRun({ start: '00:30', end: '01:30', hours: '2.0' });
    expect(jobs).toMatchObject([{ endDay: Date.UTC(2025, 10, 2) / 86_400_000 }]);
  });
});

describe('epoch seconds, which an array as a whole keeps', () => {
  it.each<[string, string, string]>([
    ['the first', MDT, MDT],
    ['the second', MST, MST],
    ['both', MDT, MST],
  ])('mean one instant also in the repeated hour: %s reading', (_, startOffset, endOffset) => {
    const [start, end] = [instant('01:10', startOffset), instant('01:40', endOffset)];
    const fields = {
      'Job ID': '7[].sched1',
      'Job Submit': `${AUTUMN} 00:00:00`,
      'Job Start': String(start),
      'Job End': String(end),
      Elapsed: '00:00:00',
    };
    const { jobs, rejects, undecidedTimes } = readExport(exportText([fields]));
    expect(rejects).toEqual([]);
    expect(jobs).toMatchObject([{ start, end }]);
    expect(undecidedTimes).toBe(0);
  });
});

describe('beside the hour that autumn repeats', () => {
  it.each([
    ['00:59:59', MDT],
    ['02:00:00', MST],
  ])('%s has one meaning', (time, offset) => {
    const fields = { 'Job Start': '', Elapsed: '', 'Job End': `${AUTUMN} ${time}` };
    const { jobs, undecidedTimes } = readExport(exportText([{ ...runFields(), ...fields }]));
    expect(undecidedTimes).toBe(0);
    expect(jobs).toMatchObject([{ end: instant(time, offset) }]);
  });

  it.each(['01:00:00', '01:59:59'])('%s has two', (time) => {
    const fields = { 'Job Start': '', Elapsed: '', 'Job End': `${AUTUMN} ${time}` };
    const { jobs, undecidedTimes } = readExport(exportText([{ ...runFields(), ...fields }]));
    expect(undecidedTimes).toBe(1);
    expect(jobs).toMatchObject([{ end: instant(time, MDT) }]);
  });
});

describe('in the hour that spring skips', () => {
  const labels: Label[] = ['Job Submit', 'Eligible Time', 'Job Start', 'Job End'];

  it.each(
    labels.flatMap((label) => ['02:00:00', '02:30:00', '02:59:59'].map((time) => [label, time])),
  )('a %s of %s is a reject', (label, time) => {
    const { rejects, jobs } = readExport(exportText([{ [label]: `2025-03-09 ${time}` }, {}]));
    expect(rejects).toMatchObject([{ line: 0, code: 'skipped-hour' }]);
    expect(rejects[0].reason).toContain(`"${label}"`);
    expect(jobs).toHaveLength(1);
  });

  it.each([
    ['01:59:59', '2025-03-09T01:59:59-07:00'],
    ['03:00:00', '2025-03-09T03:00:00-06:00'],
  ])('%s is beside it', (time, utc) => {
    const { jobs } = readExport(exportText([{ 'Job Submit': `2025-03-09 ${time}` }]));
    expect(jobs).toMatchObject([{ submit: Date.parse(utc) / 1000 }]);
  });
});

describe('an export without starts', () => {
  it('is read all the same', () => {
    const labels = DEFAULT_LABELS.filter((label) => label !== 'Job Start');
    const fields = { 'Job Submit': `${AUTUMN} 00:00:00`, 'Job End': `${AUTUMN} 03:00:00` };
    const { jobs, undecidedTimes } = readExport(exportText([fields], labels));
    expect(undecidedTimes).toBe(0);
    expect(jobs).toMatchObject([{ start: null, end: instant('03:00', MST) }]);
  });
});

function readRun(run: Run): ReadExport {
  return readExport(exportText([runFields(run)]));
}

function runFields({ start, end, hours }: Run = { start: '', end: '', hours: '' }): JobFields {
  return {
    'Job Submit': `${AUTUMN} 00:00:00`,
    'Eligible Time': `${AUTUMN} 00:00:00`,
    'Job Start': start === '' ? '' : `${AUTUMN} ${start}:00`,
    'Job End': `${AUTUMN} ${end}:00`,
    Elapsed: hours,
  };
}

function instant(time: string, offset: string): number {
  return Date.parse(`${AUTUMN}T${time}${offset}`) / 1000;
}
