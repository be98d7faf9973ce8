import type Database from 'better-sqlite3';
import { type DayRange, lastWindow, monthWindow } from '../reports/window.ts';
import { parseLocalDay } from '../site/local-day.ts';
import { UsageError } from './usage-error.ts';

export interface WindowOptions {
  readonly from?: string;
  readonly to?: string;
  readonly last?: string;
  readonly month?: string;
}

/** The first and last day that a ledger has jobs of; null where it has none. */
export interface LedgerDays {
  readonly first: string | null;
  readonly last: string | null;
}

/**
 * The site-local days that options name; those of the whole ledger where nothing is said.
 * @throws UsageError
 */
export function reportWindow(db: Database.Database, options: WindowOptions): DayRange {
  return windowWithin(ledgerDays(db), options);
}

export function ledgerDays(db: Database.Database): LedgerDays {
  const days = db
    .prepare<[], LedgerDays>('SELECT min(date) AS first, max(date) AS last FROM daily_summary')
    .get();
  return days ?? { first: null, last: null };
}

/** From the first day of any of several ledgers to the last. */
export function spanOfDays(days: readonly LedgerDays[]): LedgerDays {
  const known = (days: readonly (string | null)[]): string[] =>
    days.filter((day) => day !== null).sort();
  return {
    first: known(days.map(({ first }) => first)).at(0) ?? null,
    last: known(days.map(({ last }) => last)).at(-1) ?? null,
  };
}

/** The same for days that are known already. @throws UsageError */
export function windowWithin({ first, last }: LedgerDays, options: WindowOptions): DayRange {
  const newest = parseLocalDay(last ?? '1970-01-01');
  if (options.last !== undefined) {
    const window = lastWindow(options.last, newest);
    if (window !== null) return window;
    throw new UsageError(
      `--last ${options.last}: neither days such as 30d nor day, week, month, quarter or year`,
    );
  }
  if (options.month !== undefined) {
    const window = monthWindow(options.month);
    if (window !== null) return window;
    throw new UsageError(`--month ${options.month}: not a month such as 2026-01`);
  }
  const fromDay = parseLocalDay(options.from ?? first ?? '1970-01-01');
  const toDay = options.to === undefined ? newest : parseLocalDay(options.to);
  if (options.to !== undefined && fromDay > toDay) {
    throw new UsageError(`--from ${options.from ?? first} is later than --to ${options.to}`);
  }
  return { fromDay, toDay: Math.max(fromDay, toDay) };
}
