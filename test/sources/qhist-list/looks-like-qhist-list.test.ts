import { describe, expect, it } from 'vitest';
import { looksLikeQhistList } from '../../../src/sources/qhist-list/looks-like-qhist-list.ts';
import { listOf, recordOf } from './list-text.ts';

const LIST = listOf([recordOf('7001.sched1'), recordOf('7002.sched1')]);

describe('a list', () => {
  it.each([
    ['as qhist prints it', LIST],
    ['its first lines', LIST.slice(0, 40)],
    ['an array', listOf([recordOf('6049117[].s')])],
    ['without servers', listOf([recordOf('7001')])],
    ['that begins with a size', '7001.s\n   Used Mem (GB) = 27.75\n'],
    ['with Windows line ends', LIST.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${LIST}`],
    ['behind blank lines', `\n\n${LIST}`],
  ])('is told by its first id and label: %s', (_, head) => {
    expect(looksLikeQhistList(head)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['an id alone', '7001.s\n'],
    ['a number and text', '7001\n   is a number\n'],
    ['labels that are none', '7001.s\n   Colour = red\n'],
    ['labels without an id', '   User = ada\n   Queue = main\n'],
    ['text and labels', 'jobs\n   User = ada\n'],
    ['a CSV export', 'Job ID,User\n7001.s,ada\n'],
    ['a CSV export without a header', '7001.s,ada,main\n7002.s,ada,main\n'],
    ['a JSON export', '{\n    "timestamp":1,\n    "Jobs":{\n'],
    ['an accounting log', '01/15/2026 11:30:00;E;7001.s;user=ada\n'],
  ])('is not %s', (_, head) => {
    expect(looksLikeQhistList(head)).toBe(false);
  });
});
