import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/open-source.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { FORMAT_NAMES, type FormatName } from '../../src/sources/source-format.ts';
import { failureOf } from '../support/failure-of.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { endRecord } from './pbs-log/log-line.ts';
import { exportText } from './qhist-csv/export-line.ts';
import { compactExportOf, exportOf, member } from './qhist-json/json-export.ts';
import { listOf, recordOf } from './qhist-list/list-text.ts';

const TEXTS: readonly (readonly [string, FormatName, string])[] = [
  ['a CSV export', 'qhist-csv', exportText([{}])],
  ['a CSV export of no jobs', 'qhist-csv', exportText([])],
  ['a JSON export', 'qhist-json', exportOf([member('7001.sched1')])],
  ['a JSON export in one line', 'qhist-json', compactExportOf([member('7001.sched1')])],
  ['a list', 'qhist-list', listOf([recordOf('7001.sched1')])],
  ['a PBS log', 'pbs-log', `${endRecord()}\n`],
];

describe('the format of a file', () => {
  describe.each(TEXTS)('that is %s', (_what, format, text) => {
    it.each([
      ['as it is', 'jobs.out', Buffer.from(text)],
      ['whatever its name says', 'jobs.csv', Buffer.from(text)],
      ['behind a byte order mark', 'jobs.out', Buffer.from(`\uFEFF${text}`)],
      ['with Windows line ends', 'jobs.out', Buffer.from(text.replaceAll('\n', '\r\n'))],
      ['without a last line end', 'jobs.out', Buffer.from(text.trimEnd())],
      ['compressed', 'jobs.out', gzipSync(text)],
    ])('is told %s', async (_how, name, content) => {
      using folder = new TempFolder();
      const { format: found } = await openSource(folder.write(name, content), { timeUnit: 'h' });
      expect(found.name).toBe(format);
    });
  });

  it.each(FORMAT_NAMES)('is %s where that is forced', async (format) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', exportText([{}]));
    const source = await openSource(file, { timeUnit: 'h', format });
    expect(source.format.name).toBe(format);
  });

  it('is not another where one is forced that it can not be', async () => {
    using folder = new TempFolder();
    const file = folder.write('20260115', `${endRecord()}\n`);
    const failure = await failureOf(openSource(file, { timeUnit: 'h', format: 'qhist-csv' }));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure.message).toContain(`${file}: not a qhist export`);
  });

  it.each([
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['an image that is compressed', gzipSync(Buffer.from('89504e470d0a1a0a', 'hex'))],
    ['a database', Buffer.from('SQLite format 3\u0000'.padEnd(4096, '\u0000'))],
    ['zeros', Buffer.alloc(100_000)],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
    ['another JSON', Buffer.from('{"jobs": []}\n')],
  ])('is none of %s', async (_what, content) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', content);
    const failure = await failureOf(openSource(file, { timeUnit: 'h' }));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure.message).toMatch(new RegExp(`^${file}: `));
    expect(failure.message.length).toBeLessThan(1000);
  });
});

describe('an empty file', () => {
  it.each([
    ['of a day', '20260115', Buffer.alloc(0)],
    ['of a day, compressed', '20260115.gz', gzipSync('')],
  ])('%s is a day without events', async (_what, name, content) => {
    using folder = new TempFolder();
    const source = await openSource(folder.write(name, content), { timeUnit: 'h' });
    expect(source.format.name).toBe('pbs-log');
  });

  it('is a PBS log where that is said', async () => {
    using folder = new TempFolder();
    const file = folder.write('accounting', '');
    expect((await openSource(file, { timeUnit: 'h', format: 'pbs-log' })).format.name).toBe(
      'pbs-log',
    );
  });

  it.each([
    ['jobs.csv', Buffer.alloc(0), undefined],
    ['jobs.json', Buffer.alloc(0), 'qhist-json'],
    ['jobs.list', Buffer.alloc(0), 'qhist-list'],
    ['jobs.csv', Buffer.alloc(0), 'qhist-csv'],
    ['jobs.csv.gz', gzipSync(''), undefined],
    ['20260115.gz', Buffer.alloc(0), undefined],
    ['jobs.csv.zst', Buffer.alloc(0), undefined],
  ] as const)('%s is refused (%#)', async (name, content, format) => {
    using folder = new TempFolder();
    const file = folder.write(name, content);
    const readAs = format === undefined ? {} : { format };
    const failure = await failureOf(openSource(file, { timeUnit: 'h', ...readAs }));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure.message).toContain(`${file}: the file is empty`);
  });
});
