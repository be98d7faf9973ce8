import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../src/sources/qhist-csv/layout.ts';
import { looksLikeHeaderlessExport } from '../../../src/sources/qhist-csv/looks-like-headerless-export.ts';
import {
  ALL_LABELS,
  DEFAULT_LABELS,
  exportLine,
  type JobFields,
  type Label,
} from './export-line.ts';

const PARENT: JobFields = {
  'Job ID': '6049117[].sched1',
  'Job Start': '1768500000',
  'Job End': '1768503600',
};
const LEAST: readonly Label[] = ['Job End', 'Job Submit', 'Queue', 'User', 'Job ID'];

describe('a first line that is a row', () => {
  it.each([
    ['of all fields', exportLine()],
    ['of the default fields', exportLine({}, DEFAULT_LABELS)],
    ['of the fewest fields, the id last', exportLine({}, LEAST)],
    ['of an array as a whole', exportLine(PARENT, ['Job ID', 'Job Start', 'Job End', 'User'])],
    ['of an id without a server', exportLine({ 'Job ID': '7001' }, LEAST)],
  ])('%s', (_, line) => {
    expect(looksLikeHeaderlessExport(line)).toBe(true);
    expect(() => readHeader('/data/jobs.csv', line, 'h')).toThrow(
      '/data/jobs.csv: this export has no header: its first line is a job already. Nothing was ' +
        'read. Name its fields in their order with --fields, such as ' +
        '--fields id,user,queue,submit,end, or export it without --noheader.',
    );
  });
});

describe('a first line that is none', () => {
  it.each([
    ['a header', ALL_LABELS.join(',')],
    ['nothing', ''],
    ['text', 'Job 7001, see below'],
    ['numbers', '1,2,3,4'],
    ['times alone', '2026-01-15 10:00:00,2026-01-15 11:00:00'],
    [
      'a record of an accounting log',
      '01/15/2026 10:00:00;E;7001.sched1;user=ada ctime=1768500000',
    ],
    ['JSON', '{"timestamp": 1768500000,'],
  ])('%s', (_, line) => {
    expect(looksLikeHeaderlessExport(line)).toBe(false);
  });
});
