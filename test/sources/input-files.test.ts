import { mkdirSync, symlinkSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLocalDay } from '../../src/site/local-day.ts';
import { type DayWindow, inputFiles } from '../../src/sources/input-files.ts';
import { SourceError } from '../../src/sources/source-error.ts';
import { TempFolder } from '../support/temp-folder.ts';

describe('names of input files', () => {
  it('are files as they are, whether there are any or not', () => {
    const names = ['b.csv', 'a.csv', '-', 'lost.csv'];
    expect(inputFiles(names, null)).toEqual({ paths: names, missingDays: [] });
  });

  it('are folders: the raw history in them, by name, and nothing else', () => {
    using folder = filesIn(
      ...['b.csv', 'a.json', 'c.list.gz', 'd.log', 'e.txt.zst', '20260131', '20260130.gz'],
      ...['.hidden.csv', 'ledger.db', 'notes.md', '2026013', 'b.csv.tmp', '20260131.bak', 'gz'],
    );
    mkdirSync(folder.file('20260129'));
    mkdirSync(folder.file('deeper.csv'));
    expect(found(folder, [folder.path])).toEqual([
      ...['20260130.gz', '20260131', 'a.json', 'b.csv', 'c.list.gz', 'd.log', 'e.txt.zst'],
    ]);
  });

  it('are patterns, also of names without an ending that is known', () => {
    using folder = filesIn('jobs-2.out', 'jobs-1.out', 'other.out');
    mkdirSync(folder.file('jobs-3.out'));
    symlinkSync('nowhere', folder.file('jobs-4.out'));
    expect(found(folder, [folder.file('jobs-*.out')])).toEqual([
      ...['jobs-1.out', 'jobs-2.out', 'jobs-4.out'],
    ]);
    expect(found(folder, [folder.file('{other,jobs-1}.out')])).toEqual(['jobs-1.out', 'other.out']);
  });

  it('are a file with the marks of a pattern in its name, where there is one', () => {
    using folder = filesIn('jobs[1].csv', 'jobs1.csv');
    expect(found(folder, [folder.file('jobs[1].csv')])).toEqual(['jobs[1].csv']);
  });

  it.each([
    ['a folder without any', '.', /holds no raw history: no file named as a day/],
    ['a pattern that matches none', '*.csv', /no file matches this pattern/],
    ['a pattern that matches folders', 'fold*', /no file matches this pattern/],
  ])('are refused as %s', (_what, name, reason) => {
    using folder = new TempFolder();
    mkdirSync(folder.file('folder'));
    expect(() => inputFiles([folder.file(name)], null)).toThrow(SourceError);
    expect(() => inputFiles([folder.file(name)], null)).toThrow(reason);
  });

  it('lead to no file through another file', () => {
    using folder = filesIn('jobs.csv');
    const below = folder.file('jobs.csv/more.csv');
    expect(inputFiles([below], null).paths).toEqual([below]);
  });
});

describe('a window of days', () => {
  it('chooses by the day in the name, and names the days without a file', () => {
    using folder = filesIn('20260128', '20260129.gz', 'jobs-2026-01-31.csv', 'x_20260201.json');
    const { paths, missingDays } = inputFiles([folder.path], days('2026-01-29', '2026-02-02'));
    expect(paths.map((path) => relative(folder.path, path))).toEqual([
      ...['20260129.gz', 'jobs-2026-01-31.csv', 'x_20260201.json'],
    ]);
    expect(missingDays).toEqual(['2026-01-30', '2026-02-02']);
  });

  it('does not miss the file of today, which may come later, nor those of days to come', () => {
    using folder = filesIn('20260131');
    const window = days('2026-01-31', '2026-02-05', '2026-02-01');
    expect(inputFiles([folder.path], window).missingDays).toEqual([]);
  });

  it('passes over files of a folder that have no day in their names', () => {
    using folder = filesIn('20260131', 'jobs.csv', '20260231', '120260131.csv');
    expect(inputFiles([folder.path], days('2026-01-31', '2026-01-31'))).toEqual({
      paths: [folder.file('20260131')],
      missingDays: [],
    });
  });

  it('finds the day behind a number that is none', () => {
    using folder = filesIn('run-12345678-20260131.csv');
    expect(inputFiles([folder.path], days('2026-01-31', '2026-01-31')).paths).toHaveLength(1);
  });

  it.each(['jobs.csv', '-'])('refuses %s, which was named itself and has no day', (name) => {
    expect(() => inputFiles([name], days('2026-01-31', '2026-01-31'))).toThrow(
      new SourceError(
        `${name}: there is no day such as 20260131 in its name by which it could be chosen. ` +
          'Nothing was read. Leave the days out of the command.',
      ),
    );
  });
});

function filesIn(...names: readonly string[]): TempFolder {
  const folder = new TempFolder();
  for (const name of names) folder.write(name, '');
  return folder;
}

function found(folder: TempFolder, names: readonly string[]): string[] {
  return inputFiles(names, null).paths.map((path) => relative(folder.path, path));
}

function days(from: string, to: string, today = '2027-01-01'): DayWindow {
  const [fromDay, toDay] = [from, to].map(parseLocalDay);
  return { fromDay, toDay, today: parseLocalDay(today) };
}
