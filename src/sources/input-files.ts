import { type Dirent, existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { formatLocalDay, parseLocalDay } from '../site/local-day.ts';
import { SourceError } from './source-error.ts';
import { sourceFailure } from './source-failure.ts';
import { STANDARD_INPUT } from './standard-input.ts';

/** Site-local days, inclusive, of which files are wanted. */
export interface DayWindow {
  readonly fromDay: number;
  readonly toDay: number;
  /** The day that is not over yet, whose file need not be there. */
  readonly today: number;
}

export interface InputFiles {
  readonly paths: readonly string[];
  /** Days of the window that have no file, as `YYYY-MM-DD`. */
  readonly missingDays: readonly string[];
}

const PATTERN = /[*?[{]/;
/** What a folder of raw history holds besides other things. */
const HISTORY_FILE = /^[^.].*\.(csv|json|list|log|txt)(\.gz|\.zst)?$|^\d{8}(\.gz|\.zst)?$/;
const DAY_IN_NAME = /(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)/g;

/**
 * Finds the files that names stand for: files, folders of them, patterns, or `-` for standard input.
 * @param window chooses among files by the day in their name; null for all files.
 * @throws SourceError where a name stands for no file, or a file that was named itself has no day in its name.
 */
export function inputFiles(names: readonly string[], window: DayWindow | null): InputFiles {
  const found = names.flatMap((name) => filesOf(name).map((path) => ({ path, name })));
  if (window === null) return { paths: found.map(({ path }) => path), missingDays: [] };
  const paths: string[] = [];
  const days = new Set<number>();
  for (const { path, name } of found) {
    const day = dayInName(path);
    if (Number.isNaN(day) && path === name) {
      throw new SourceError(
        `${path}: there is no day such as 20260131 in its name by which it could be chosen. Nothing was read. ` +
          'Leave the days out of the command.',
      );
    }
    days.add(day);
    if (day >= window.fromDay && day <= window.toDay) paths.push(path);
  }
  return { paths, missingDays: missingDays(window, days) };
}

function filesOf(name: string): string[] {
  if (name === STANDARD_INPUT) return [name];
  if (isFolder(name)) return filesIn(name);
  if (existsSync(name) || !PATTERN.test(name)) return [name];
  const matches = globSync(name).filter((path) => !isFolder(path));
  if (matches.length === 0) {
    throw new SourceError(`${name}: no file matches this pattern. Nothing was read.`);
  }
  return matches.sort();
}

/** Of what can't even be looked at, whoever opens it says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function filesIn(folder: string): string[] {
  const names = entriesOf(folder)
    .filter((entry) => !entry.isDirectory() && HISTORY_FILE.test(entry.name))
    .map(({ name }) => name);
  if (names.length === 0) {
    throw new SourceError(
      `${folder}: the folder holds no raw history: no file named as a day (20260131) or *.csv, *.json, ` +
        '*.list, *.log, *.txt, plain or compressed. Nothing was read.',
    );
  }
  return names.sort().map((name) => join(folder, name));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    throw sourceFailure(folder, cause);
  }
}

/** NaN where there is none. A number that is no day of the calendar may stand before it. */
function dayInName(path: string): number {
  const days = [...basename(path).matchAll(DAY_IN_NAME)].map(([, year, month, day]) =>
    parseLocalDay(`${year}-${month}-${day}`),
  );
  return days.find((day) => !Number.isNaN(day)) ?? Number.NaN;
}

function missingDays({ fromDay, toDay, today }: DayWindow, days: ReadonlySet<number>): string[] {
  const missing = [];
  for (let day = fromDay; day <= Math.min(toDay, today - 1); day++) {
    if (!days.has(day)) missing.push(formatLocalDay(day));
  }
  return missing;
}
