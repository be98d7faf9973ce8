import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportValue } from '../../../src/reports/report.ts';
import type { ExampleLedger } from '../../support/example-ledger.ts';
import { handLedger, tableBy } from '../../support/hand-ledger.ts';

const HEAD = [
  ...['band', 'jobs', 'without_wait'],
  ...['mean_wait', 'median_wait', 'p90_wait', 'p95_wait', 'max_wait'],
];
/** Nothing is known of no wait, and no wait is not the same as one of no time. */
const UNKNOWN = [null, null, null, null, null];
const NO_JOB = [0, 0, ...UNKNOWN];
const NO_WAIT = [1, 1, ...UNKNOWN];
const ZERO = [1, 0, 0, 0, 0, 0, 0];
const HALF_AN_HOUR_TWICE = [2, 0, 1800, 1800, 1800, 1800, 1800];
const AN_HOUR = [3600, 3600, 3600, 3600, 3600];
const TWO_HOURS = [1, 0, 7200, 7200, 7200, 7200, 7200];

let ledger: ExampleLedger;
beforeAll(async () => {
  ledger = await handLedger();
  return () => ledger[Symbol.dispose]();
});

describe('waits, worked out by hand', () => {
  it.each<[string, ReportValue[][]]>([
    [
      'waits-by-nodes',
      [
        ['0', ...ZERO],
        // 0, 1800, 1800 and 7200: 90 % is seven tenths of the way from the third to the fourth.
        ['1', 5, 1, 2700, 1800, 5580, 6390, 7200],
        ['2', 1, 0, ...AN_HOUR],
        ['not known', ...NO_WAIT],
      ],
    ],
    [
      'waits-by-cores',
      [
        ['0', ...ZERO],
        ['1', ...NO_JOB],
        ['2', ...TWO_HOURS],
        ['3-4', ...NO_JOB],
        ['5-8', ...NO_JOB],
        ['9-16', ...NO_WAIT],
        ['17-32', ...NO_JOB],
        ['33-64', ...ZERO],
        ['65-128', ...HALF_AN_HOUR_TWICE],
        ['129-256', 1, 0, ...AN_HOUR],
        ['not known', ...NO_WAIT],
      ],
    ],
    [
      'waits-by-gpus',
      [
        // 0, 1800, 1800, 3600 and 7200.
        ['0', 5, 0, 2880, 1800, 5760, 6480, 7200],
        ['1', ...NO_JOB],
        ['2', ...NO_WAIT],
        ['3-4', ...ZERO],
        ['not known', ...NO_WAIT],
      ],
    ],
    [
      'waits-by-memory',
      [
        ['0', ...ZERO],
        ['0-1 GiB', ...HALF_AN_HOUR_TWICE],
        ['1 GiB-4 GiB', 2, 1, ...AN_HOUR],
        ['4 GiB-16 GiB', 2, 0, 3600, 3600, 6480, 6840, 7200],
        ['not known', ...NO_WAIT],
      ],
    ],
    [
      'waits-by-duration',
      [
        ['0', ...ZERO],
        ['1 s-1 min', ...NO_JOB],
        ['1 min-5 min', ...NO_JOB],
        ['5 min-15 min', ...NO_WAIT],
        // 0, 1800, 1800 and 3600.
        ['15 min-1 h', 4, 0, 1800, 1800, 3060, 3330, 3600],
        ['1 h-2 h', ...NO_JOB],
        ['2 h-4 h', ...NO_JOB],
        ['4 h-8 h', ...TWO_HOURS],
        ['not known', ...NO_WAIT],
      ],
    ],
  ])('%s', (name, rows) => {
    expect(tableBy(ledger, name)).toEqual([HEAD, ...rows]);
  });
});
