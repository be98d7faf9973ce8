import { describe, expect, it } from 'vitest';
import { looksLikeQhistJson } from '../../../src/sources/qhist-json/looks-like-qhist-json.ts';
import { compactExportOf, exportOf, member } from './json-export.ts';

describe('a JSON export', () => {
  it.each([
    ['as qhist prints it', exportOf([member('1.s')])],
    ['its first bytes', exportOf([member('1.s')]).slice(0, 40)],
    ['without jobs', exportOf([])],
    ['on one line', compactExportOf([member('1.s', {}, 0)])],
    ['with a byte order mark', `\uFEFF${exportOf([])}`],
    ['with Windows line ends', exportOf([]).replaceAll('\n', '\r\n')],
    ['behind blank lines', `\n\n${exportOf([])}`],
    ['without a timestamp', '{"Jobs": {"1.s": {'],
    ['of records alone', '{"6049117[28].s": {"user": "ada"}}'],
  ])('is told by its first key: %s', (_, head) => {
    expect(looksLikeQhistJson(head)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['an empty object', '{}'],
    ['other JSON', '{"name": "qledger", "version": 1}'],
    ['a list', '[{"timestamp": 1}]'],
    ['a list of jobs', '7001.sched1\n   User = ada\n'],
    ['a CSV export', 'Job ID,User\n7001.sched1,ada\n'],
    ['a CSV export with quotes', '"timestamp","Jobs"\n'],
    ['an accounting log', '01/15/2026 11:30:00;E;7001.sched1;user=ada\n'],
  ])('is not %s', (_, head) => {
    expect(looksLikeQhistJson(head)).toBe(false);
  });
});
