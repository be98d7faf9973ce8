import { describe, expect, it } from 'vitest';
import { job } from './job-of-record.ts';
import { endRecord, type Values } from './log-line.ts';
import { readLines } from './read-log.ts';

describe('a time', () => {
  it('that is 0 is repaired: start from the run time, eligibility from the submission', () => {
    expect(job({ start: '0', etime: '0' })).toMatchObject({
      start: 1_768_501_800 - 5400,
      eligible: 1_768_489_200,
    });
    expect(job({ start: '0', 'resources_used.walltime': null }).start).toBeNull();
  });

  it('is an instant, whatever the zone of the site: also in the repeated hour of autumn', () => {
    for (const end of [1_762_068_600, 1_762_072_200]) {
      const times = { ctime: '1762060000', etime: '1762060000', start: '1762060000' };
      const read = readLines([endRecord({ ...times, end: String(end) })]);
      expect(read).toMatchObject({ undecidedTimes: 0, jobs: [{ end, endDay: 20_394 }] });
    }
  });

  it('of the end decides the day, in the zone of the site', () => {
    // 2026-01-16 06:59:59 UTC is the last second of January 15 in America/Denver.
    expect(job({ end: '1768546799' }).endDay).toBe(20_468);
    expect(job({ end: '1768546800' }).endDay).toBe(20_469);
  });
});

describe('a duration', () => {
  it.each([
    ['00:00:00', 0],
    ['00:00:01', 1],
    ['100:00:00', 360_000],
    ['1:02:03:04', 93_784],
    ['5400', 5400],
    ['0', 0],
  ])('may be %s, which is %d s', (text, seconds) => {
    const values = {
      'resources_used.walltime': text,
      'resources_used.cput': text,
      'Resource_List.walltime': text,
      eligible_time: text,
    };
    expect(job(values)).toMatchObject({
      elapsed: seconds,
      cputime: seconds,
      walltime: seconds,
      eligible_secs: seconds,
    });
  });
});

describe('a memory size', () => {
  it.each([
    ['0kb', 0],
    ['512b', 512],
    ['512', 512],
    ['35760kb', 35_760 * 2 ** 10],
    ['35760KB', 35_760 * 2 ** 10],
    ['200mb', 200 * 2 ** 20],
    ['12.27M', 12_866_028],
    ['0.5gb', 2 ** 29],
    ['16G', 2 ** 34],
    ['692tb', 692 * 2 ** 40],
  ])('may be %s, which is %d bytes', (text, bytes) => {
    const values = {
      'Resource_List.mem': text,
      'resources_used.mem': text,
      'resources_used.vmem': text,
    };
    expect(job(values)).toMatchObject({ reqmem: bytes, memory: bytes, vmemory: bytes });
  });
});

describe('ranks and threads', () => {
  it('come from the select statement, else from the resource list', () => {
    expect(job({ 'Resource_List.select': '2:ncpus=8:mpiprocs=3+1:ncpus=1:mpiprocs=9' })).toEqual(
      expect.objectContaining({ mpiprocs: 3, ompthreads: 4 }),
    );
    expect(job({ 'Resource_List.select': '2:ncpus=128' })).toMatchObject({
      mpiprocs: 32,
      ompthreads: 4,
    });
  });
});

describe('average CPU', () => {
  it.each<[Values, number | null]>([
    [{ 'resources_used.cpupercent': '3104', 'Resource_List.ncpus': '128' }, 24.25],
    [{ 'resources_used.cpupercent': '0' }, 0],
    [{ 'Resource_List.ncpus': '0' }, null],
    [{ 'Resource_List.ncpus': null }, null],
    [{ 'resources_used.cpupercent': null }, null],
  ])('of %j is %s', (values, averageCpu) => {
    expect(job(values).avgcpu).toBe(averageCpu);
  });
});
