import { execFileSync } from 'node:child_process';
import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/sources/open-source.ts';
import type { TimeUnit } from '../../src/sources/qhist-csv/labels.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { TempFolder } from '../support/temp-folder.ts';
import { ALL_LABELS, DEFAULT_LABELS, exportText } from './qhist-csv/export-line.ts';

const HEADER = DEFAULT_LABELS.join(',');

describe('an export', () => {
  it('reads the header and says where the rows begin', async () => {
    const text = exportText([{}, {}]);
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', text);
    const opened = await openExport(file, 'h');
    expect(opened).toMatchObject({
      path: file,
      sizeBytes: text.length,
      modifiedMs: statSync(file).mtimeMs,
      unknownLabels: [],
      rowsOffset: ALL_LABELS.join(',').length + 1,
    });
    expect(opened.layout.columns.map(({ label }) => label)).toEqual(ALL_LABELS);
    expect(opened.layout.header).toBe(ALL_LABELS.join(','));
  });

  it('takes the unit of durations from the option where the header names none', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${HEADER}\n`);
    const scales = [];
    for (const unit of ['s', 'm', 'h', 'd'] as const) {
      const { layout } = await openExport(file, unit);
      scales.push(layout.columns.find(({ label }) => label === 'Elapsed')?.scale);
    }
    expect(scales).toEqual([1, 60, 3600, 86_400]);
  });

  it.each([
    ['', '\n', 0],
    ['\uFEFF', '\n', 3],
    ['', '\r\n', 1],
    ['\uFEFF', '\r\n', 4],
  ])(
    'reads the same behind the mark %j and before the line end %j',
    async (mark, lineEnd, more) => {
      using folder = new TempFolder();
      const file = folder.write('jobs.csv', `${mark}${HEADER}${lineEnd}a row`);
      const { layout, rowsOffset, unknownLabels } = await openExport(file, 'h');
      expect(rowsOffset).toBe(HEADER.length + 1 + more);
      expect(layout.header).toBe(HEADER);
      expect(layout.columns.map(({ label }) => label)).toEqual(DEFAULT_LABELS);
      expect(unknownLabels).toEqual([]);
    },
  );

  it('reads a quoted header, also behind a byte order mark', async () => {
    const quoted = DEFAULT_LABELS.map((label) => `"${label}"`).join(',');
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `\uFEFF${quoted}\r\n`);
    const { layout, rowsOffset } = await openExport(file, 'h');
    expect(layout.columns.map(({ label }) => label)).toEqual(DEFAULT_LABELS);
    expect(layout.header).toBe(quoted);
    expect(rowsOffset).toBe(statSync(file).size);
  });

  it.each(['', '\r', '\r\n', '\n'])('reads a header alone, ended by %j', async (end) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${HEADER}${end}`);
    const { layout, rowsOffset, sizeBytes } = await openExport(file, 'h');
    expect(layout.header).toBe(HEADER);
    expect(rowsOffset).toBe(sizeBytes);
  });

  it('hands on the labels that it does not know', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${HEADER},Energy (J),Größe\n`);
    expect((await openExport(file, 'h')).unknownLabels).toEqual(['Energy (J)', 'Größe']);
  });
});

describe('what is no export', () => {
  it('a file that is not there', async () => {
    using folder = new TempFolder();
    const missing = folder.file('lost.csv');
    expect(await messageFor(missing)).toContain(`${missing}: no such file. Nothing was read.`);
  });

  it('a path that leads through a file', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', exportText([{}]));
    const path = join(file, 'jobs.csv');
    expect(await messageFor(path)).toContain(`${path}: no such file: what stands before a /`);
  });

  it('a folder', async () => {
    using folder = new TempFolder();
    const { path } = folder;
    expect(await messageFor(path)).toContain(`${path}: not a file. Name the export files`);
  });

  it('a pipe', async () => {
    using folder = new TempFolder();
    const pipe = folder.file('pipe');
    execFileSync('mkfifo', [pipe]);
    const message = await messageFor(pipe);
    expect(message).toContain(`${pipe}: a pipe or a device, which can be read only once.`);
    expect(message).toContain('put - in its place');
  });

  it('a link that leads back to itself', async () => {
    using folder = new TempFolder();
    const link = folder.file('link.csv');
    symlinkSync(link, link);
    expect(await messageFor(link)).toContain(`${link}: no such file: its symbolic links lead in`);
  });

  it('an empty file', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', '');
    const message = await messageFor(file);
    expect(message).toContain(`${file}: the file is empty`);
    expect(message).toContain('Did the export run?');
  });

  it.each([
    ['a byte order mark alone', '\uFEFF'],
    ['an empty first line', `\n${HEADER}\n`],
    ['a page of HTML', '<!DOCTYPE html>\n<title>Sign in</title>\n'],
    ['bytes without a line end', '\u0000'.repeat(3_000_000)],
  ])('%s', async (_, text) => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', text);
    const message = await messageFor(file);
    expect(message).toContain(`${file}: not a qhist export`);
    expect(message).toContain('Export it with: qhist --csv');
    expect(message.length).toBeLessThan(1000);
  });

  it('a header in UTF-16', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', Buffer.from(`\uFEFF${HEADER}\n`, 'utf16le'));
    expect(await messageFor(file)).toContain(`${file}: not a qhist export`);
  });

  it('lines that end with a carriage return alone, which would all pass for the header', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', exportText([{}, {}]).replaceAll('\n', '\r'));
    expect(await messageFor(file)).toContain(file);
  });

  it('an export without the fields that every job needs', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', 'Job ID,User,Queue\n');
    expect(await messageFor(file)).toContain(`${file}: the export lacks "Job Submit", "Job End"`);
  });

  it('an export in a unit that is none', async () => {
    using folder = new TempFolder();
    const file = folder.write('jobs.csv', `${HEADER},CPU Time (weeks)\n`);
    expect(await messageFor(file)).toContain(
      `${file}: the column "CPU Time (weeks)" is in a unit that is not known`,
    );
  });
});

async function messageFor(path: string): Promise<string> {
  try {
    await openExport(path, 'h');
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
  throw new Error(`${path} was accepted`);
}

async function openExport(path: string, timeUnit: TimeUnit) {
  const { format, rows, ...source } = await openSource(path, { timeUnit });
  if (format.name !== 'qhist-csv') throw new Error(`${path} was taken for ${format.name}`);
  return { ...source, layout: format.layout, rowsOffset: rows.offset };
}
