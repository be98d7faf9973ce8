import { describe, expect, it } from 'vitest';
import { looksLikePbsLog } from '../../../src/sources/pbs-log/looks-like-pbs-log.ts';
import { ALL_LABELS, exportText } from '../qhist-csv/export-line.ts';
import { endRecord, record } from './log-line.ts';

describe('looksLikePbsLog', () => {
  it.each([
    ['the end of a job', endRecord()],
    ['another record', record('Q', 'user=ada')],
    ['a record without text', record('a', '')],
    ['a record of no job', record('L', 'floating license hour:0 day:0', 'license')],
    ['blank lines first', `\n\r\n\n${endRecord()}\n`],
    ['more lines', `${endRecord()}\nanything\n`],
    ['a head that was cut off', endRecord().slice(0, 60)],
  ])('takes %s', (_, head) => {
    expect(looksLikePbsLog(head)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\n\n'],
    ['an export', exportText([{}])],
    ['the labels of an export', ALL_LABELS.join(';')],
    ['JSON', '{"timestamp":1768501800,"Jobs":{}}'],
    ['a list', '7001.sched1\n    User = ada\n'],
    ['another line first', `# log\n${endRecord()}\n`],
    ['another date', endRecord().replace('01/15/2026', '2026-01-15')],
    ['a type of two letters', endRecord().replace(';E;', ';EX;')],
    ['no job id', '01/15/2026 11:30:00;E\n'],
    ['a part too few on its line', '01/15/2026 11:30:00;E;7001.s\n;'],
  ])('does not take %s', (_, head) => {
    expect(looksLikePbsLog(head)).toBe(false);
  });
});
