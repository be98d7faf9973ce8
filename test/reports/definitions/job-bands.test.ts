import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportValue } from '../../../src/reports/report.ts';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { handLedger, tableBy } from '../../support/hand-ledger.ts';

const HOURS = ['cpu_hours', 'gpu_hours', 'memory_hours'];
const CHARGES = ['cpu_charges', 'gpu_charges', 'memory_charges'];
const HEAD = ['band', 'jobs', 'users', ...HOURS, ...CHARGES];

/** What single jobs have used, with how many they are and of how many users. */
const ONE = [1, 1, 256, 0, 4, 384, 0, 6];
const TWO = [1, 1, 64, 2, 4, 44.8, 1.4, 2.8];
const THREE = [1, 1, 4, 0.5, 0.5, 4, 0.5, 0.5];
const FOUR_AND_FIVE = [2, 2, 256, 0, 2, 256, 0, 2];
const ONE_TO_FIVE_WITHOUT_THREE = [4, 3, 576, 2, 10, 684.8, 1.4, 10.8];
const EIGHT = [1, 1, 1024, 0, 128, 0, 0, 0];
/** Of job 6, of job 7, and of none. */
const NOTHING = [1, 1, 0, 0, 0, 0, 0, 0];
const NO_JOB = [0, 0, 0, 0, 0, 0, 0, 0];

let ledger: ExampleLedger;
beforeAll(async () => {
  ledger = await handLedger();
  return () => ledger[Symbol.dispose]();
});

describe('jobs in bands, worked out by hand', () => {
  it.each<[string, ReportValue[][]]>([
    [
      'job-sizes-by-nodes',
      [
        ['0', ...NOTHING],
        ['1', 5, 4, 1348, 2.5, 134.5, 304.8, 1.9, 5.3],
        ['2', ...ONE],
        ['not known', ...NOTHING],
      ],
    ],
    [
      'job-sizes-by-cores',
      [
        ['0', ...NOTHING],
        ['1', ...NO_JOB],
        ['2', ...EIGHT],
        ['3-4', ...NO_JOB],
        ['5-8', ...NO_JOB],
        ['9-16', ...THREE],
        ['17-32', ...NO_JOB],
        ['33-64', ...TWO],
        ['65-128', ...FOUR_AND_FIVE],
        ['129-256', ...ONE],
        ['not known', ...NOTHING],
      ],
    ],
    [
      'job-sizes-by-gpus',
      [
        ['0', 5, 4, 1536, 0, 134, 640, 0, 8],
        ['1', ...NO_JOB],
        ['2', ...THREE],
        ['3-4', ...TWO],
        ['not known', ...NOTHING],
      ],
    ],
    [
      'job-sizes-by-memory',
      [
        ['0', ...NOTHING],
        // Bounds belong to the band that they end.
        ['0-1 GiB', ...FOUR_AND_FIVE],
        ['1 GiB-4 GiB', 2, 2, 260, 0.5, 4.5, 388, 0.5, 6.5],
        ['4 GiB-16 GiB', 2, 2, 1088, 2, 132, 44.8, 1.4, 2.8],
        ['not known', ...NOTHING],
      ],
    ],
    [
      'job-durations',
      [
        ['0', ...NOTHING],
        ['1 s-1 min', ...NO_JOB],
        ['1 min-5 min', ...NO_JOB],
        ['5 min-15 min', ...THREE],
        ['15 min-1 h', ...ONE_TO_FIVE_WITHOUT_THREE],
        ['1 h-2 h', ...NO_JOB],
        ['2 h-4 h', ...NO_JOB],
        ['4 h-8 h', ...EIGHT],
        ['not known', ...NOTHING],
      ],
    ],
    [
      // 16, 128 and 8 MiB of jobs 1, 2, 4 and 5; 256 MiB of job 3; 8 GiB of job 8. Job 7 had no ranks.
      'memory-per-rank',
      [
        ['0', ...NO_JOB],
        ['0-128 MiB', ...ONE_TO_FIVE_WITHOUT_THREE],
        ['128 MiB-256 MiB', ...THREE],
        ['256 MiB-512 MiB', ...NO_JOB],
        ['512 MiB-1 GiB', ...NO_JOB],
        ['1 GiB-2 GiB', ...NO_JOB],
        ['2 GiB-4 GiB', ...NO_JOB],
        ['4 GiB-8 GiB', ...EIGHT],
        ['not known', 2, 2, 0, 0, 0, 0, 0, 0],
      ],
    ],
  ])('%s', (name, rows) => {
    expect(tableBy(ledger, name)).toEqual([HEAD, ...rows]);
  });

  it.each<[string, ReportValue[][]]>([
    [
      'job-durations-history',
      [
        ['2026-01-15', '5 min-15 min', ...THREE],
        ['2026-01-15', '15 min-1 h', 2, 1, 320, 2, 8, 428.8, 1.4, 8.8],
        ['2026-01-16', '0', ...NOTHING],
        ['2026-01-16', '15 min-1 h', ...FOUR_AND_FIVE],
        ['2026-01-16', '4 h-8 h', ...EIGHT],
        ['2026-01-16', 'not known', ...NOTHING],
      ],
    ],
    [
      'memory-per-rank-history',
      [
        ['2026-01-15', '0-128 MiB', 2, 1, 320, 2, 8, 428.8, 1.4, 8.8],
        ['2026-01-15', '128 MiB-256 MiB', ...THREE],
        ['2026-01-16', '0-128 MiB', ...FOUR_AND_FIVE],
        ['2026-01-16', '4 GiB-8 GiB', ...EIGHT],
        ['2026-01-16', 'not known', 2, 2, 0, 0, 0, 0, 0, 0],
      ],
    ],
  ])('%s: no line of a band without jobs', (name, rows) => {
    expect(tableBy(ledger, name)).toEqual([['day', ...HEAD], ...rows]);
  });
});
